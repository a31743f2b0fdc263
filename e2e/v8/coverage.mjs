/** Coverage: counts of functions and blocks are those that V8 says without us, and those that were recorded. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, project, query } from '../_consumer.mjs';
import { both, DIFFERENT, folderOf, node, record } from './program.mjs';

const counting = (name, command) => async () => {
  const cwd = project(name);
  const expected = JSON.parse(
    readFileSync(new URL(`../programs/${name}/case.json`, import.meta.url), 'utf8'),
  );
  const { code, stderr } = await record(
    cwd,
    ['--coverage'],
    command ?? [...node, ...expected.command.slice(1)],
  );
  assert.equal(code, expected.exitCode, stderr);
  assert.deepEqual(await query(cwd, DIFFERENT), []);
  const [{ functions }] = await query(
    cwd,
    "SELECT count(*) AS functions FROM coverage WHERE kind = 'function' AND count > 0",
  );
  assert.ok(functions > 5, `${functions} functions were called`);
};

export const coverageCases = {
  'V8 counts what was recorded: ES modules': counting('esm'),
  'V8 counts what was recorded: CommonJS': counting('cjs'),
  'V8 counts what was recorded: compiled TypeScript': counting('tsx', ['npx', 'tsx', 'app.ts']),
  'V8 counts what was recorded: workers': counting('workers'),
  'V8 counts what was recorded: child processes': counting('fork'),
  'V8 counts what was recorded: jest': counting('jest', ['npx', 'jest']),
  'V8 counts what was recorded: vitest, whose processes are killed': counting('vitest', [
    'npx',
    'vitest',
    'run',
  ]),
  'V8 counts what was recorded: vitest, whose workers are terminated': counting('vitest', [
    'npx',
    'vitest',
    'run',
    '--pool=threads',
  ]),

  async 'blocks that were never passed, on the lines that V8 says without us'() {
    const program = `
function pick(n) {
  if (n > 5) {
    return 'large';
  } else if (n > 100) {
    return 'huge';
  }
  for (const each of []) {
    console.log(each);
  }
  try { if (n === 3) throw new Error('3'); } catch { return 'three'; } finally { n += 1; }
  return n > 0 ? 'small' : 'none';
}
const never = () => { return 1; };
class Box { #n = 1; get n() { return this.#n; } set n(v) { this.#n = v; } }
console.log([1, 3, 7].map(pick), new Box().n);
async function later(n) { await null; switch (n) { case 1: return 'one'; case 2: return 'two'; default: return 'many'; } }
function* count() { yield 1; yield 2; return 3; }
later(2).then(() => console.log([...count()]));`;
    const cwd = await both({ 'main.cjs': program }, ['--coverage']);
    const rows = await query(
      cwd,
      `SELECT kind, line, "column" AS "from", end_line, end_column AS "to", count FROM coverage ORDER BY line, "column", end_line DESC, end_column DESC`,
    );
    const plain = folderOf({ 'main.cjs': program });
    const [command, ...own] = node;
    await execute(command, [...own, 'main.cjs'], {
      cwd: plain,
      env: { NODE_V8_COVERAGE: join(plain, 'coverage') },
    });
    const [file] = readdirSync(join(plain, 'coverage'));
    const { result } = JSON.parse(readFileSync(join(plain, 'coverage', file), 'utf8'));
    const { functions } = result.find(({ url }) => url.endsWith('main.cjs'));
    const starts = [...program.matchAll(/^/gm)].map(({ index }) => index);
    const ours = rows.map((row) => [
      starts[row.line - 1] + row.from,
      starts[row.end_line - 1] + row.to,
      Number(row.count),
    ]);
    const theirs = functions.flatMap(({ ranges }) =>
      ranges.map((range) => [range.startOffset, range.endOffset, range.count]),
    );
    // What is not blank and was passed 0 times.
    const picture = (ranges) => {
      const counts = Array.from({ length: program.length }, () => 1);
      for (const [from, to, count] of ranges.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]))
        counts.fill(count, from, to);
      return program
        .split('')
        .map((letter, at) => (/[\s{}]/.test(letter) ? letter : counts[at] === 0 ? '0' : '-'))
        .join('');
    };
    assert.equal(picture(ours), picture(theirs));
    assert.match(picture(ours), /0{5}/);
  },
};
