/**
 * Dead code, unused dependencies and unused imports in seeded repositories of which the truth is known: what is claimed must be true, and most of what is
 * true must be claimed. `npm run bench -- findings` does the same on more of them, and beside other tools.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askIntelliMap } from '../bench/seeded/ask.mjs';
import { repositories } from '../bench/seeded/repositories.mjs';
import { stage } from '../bench/seeded/scene.mjs';
import { precision, recall, score } from '../bench/seeded/score.mjs';
import { runCases } from './_cases.mjs';
import { cleanEnvironment, consumer, intellimapBin } from './_consumer.mjs';

export const ci = true;

/** Shares of 0 … 1; on the benchmark's repositories all but the recall of methods are 1. */
const LEAST = {
  'dead files': [1, 1],
  'dead exports': [1, 0.95],
  'dead internals': [1, 0.95],
  'dead methods': [1, 0.75],
  'dead functions': [0.97, 0.93],
  'unused dependencies': [1, 1],
  'unlisted dependencies': [1, 1],
  'unused imports': [1, 1],
};

const intellimap = (args, { cwd }) =>
  spawnSync(intellimapBin(), args, { cwd, encoding: 'utf8', env: cleanEnvironment(), maxBuffer: 1 << 28 });

const scratch = () => mkdtempSync(join(consumer(), 'findings-'));

/** Stages the repository of a kind below the consumer and returns what was found. */
function asked(kind, seed) {
  const [repository] = repositories(seed, [kind]);
  const tsx = join(consumer(), 'node_modules', '.bin', 'tsx');
  const cwd = stage(repository, scratch(), intellimap, { tsx });
  return { cwd, repository, found: score(repository.truth, askIntelliMap(intellimap, cwd)) };
}

function holds(kind, seed) {
  const { found } = asked(kind, seed);
  for (const [what, [p, r]] of Object.entries(LEAST)) {
    const value = found[what];
    const told = `${what} of seeded-${kind}\n  wrong: ${value.wrong.join(', ')}\n  missed: ${value.missed.join(', ')}`;
    assert.ok((precision(value) ?? 1) >= p, `precision ${precision(value)} of ${told}`);
    assert.ok((recall(value) ?? 1) >= r, `recall ${recall(value)} of ${told}`);
  }
}

const json = (cwd, ...args) => {
  const { status, stdout, stderr } = intellimap([...args, '--json'], { cwd });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
};

const cases = {
  async 'a server'() {
    holds('server', 7);
  },
  async 'TypeScript through tsx'() {
    holds('typescript', 8);
  },
  async 'code that was changed is not called dead before it could have run; what ran since is not either'() {
    const { cwd, repository } = asked('mixed', 9);
    const dead = () =>
      new Set(
        json(cwd, 'dead')
          .findings.filter(({ confidence }) => confidence !== 'possible')
          .flatMap((each) => each.functions.map(({ id }) => id)),
      );
    const before = dead();
    const { key } = repository.truth.dead.find(({ kind }) => kind === 'internal');
    const [path, name] = key.split('#');
    const id = `ts:${path}#${name}`;
    assert.ok(before.has(id), `${id} is dead`);
    const file = join(cwd, path);
    assert.ok(existsSync(file));
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(new RegExp(`(function ${name}\\([^)]*\\) \\{)`), '$1\n  void 0;'),
    );
    const changed = dead();
    assert.ok(!changed.has(id), 'changed: not claimed');
    assert.equal(changed.size, before.size - 1, 'the others are, as before');
    assert.equal(intellimap(['run', '--no-summary', '--', 'node', 'main.mjs'], { cwd }).status, 0);
    assert.ok(dead().has(id), 'it could have run now, and did not');
  },
  async 'runs of a share of the tasks make it less sure'() {
    const [repository] = repositories(10, ['mixed']);
    repository.commands = [];
    const cwd = stage(repository, scratch(), intellimap);
    const { status } = intellimap(['run', '--sample', '0.5', '--no-summary', '--', 'node', 'main.mjs'], {
      cwd,
    });
    assert.equal(status, 0);
    const { findings } = json(cwd, 'dead');
    assert.deepEqual(new Set(findings.map(({ confidence }) => confidence)), new Set(['likely', 'possible']));
    assert.ok(findings.every(({ wholeRuns }) => wholeRuns === 0));
  },
  async 'a window without runs tells nothing'() {
    const { cwd } = asked('mixed', 11);
    const { holds: verdict, why } = json(cwd, 'dead', '--since', '2999-01-01');
    assert.deepEqual(
      { holds: verdict, why },
      {
        holds: 'unknown',
        why: 'there is no run in that time',
      },
    );
    assert.equal(intellimap(['dead', '--since', 'soon'], { cwd }).status, 2);
  },
};

export async function run(args) {
  return await runCases(cases, args);
}
