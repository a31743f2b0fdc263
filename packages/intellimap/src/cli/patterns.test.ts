/** `intellimap patterns` in a workspace, before it ran and afterwards. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { patterns } from './commands/patterns.ts';
import type { PatternsAnswer } from './patterns-text.ts';
import { SCHEMAS } from './shapes/index.ts';
import { PLAIN } from './terminal.ts';

let root: string;
let recorded: Workspace;
beforeEach(() => {
  recorded = new Workspace();
  root = realpathSync(recorded.root);
});
afterEach(() => recorded.remove());

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

async function run(values: Record<string, string | boolean> = {}, ...positionals: string[]): Promise<string> {
  const printed: string[] = [];
  const out = {
    print: (text: string) => void printed.push(text),
    say: () => {},
    progress: () => {},
    paint: PLAIN,
    paintError: PLAIN,
    columns: 80,
    looks: false,
  };
  await patterns.run({ values, positionals, out, cwd: root });
  return printed.join('\n');
}
const asked = async (...positionals: string[]): Promise<PatternsAnswer> =>
  JSON.parse(await run({ json: true, kind: 'anti' }, ...positionals)) as PatternsAnswer;

const PROGRAM = {
  'package.json': '{"type": "module"}',
  // Functions of the recordings of the test kit are called by letters.
  'src/a.ts': `
export async function a(work: () => Promise<void>) {
  try { await work(); } catch {}
}
export async function b() { await fetch('https://example.org'); }
export function c() { b(); }
`,
  'src/a.test.ts': 'export async function t(work: () => Promise<void>) { try { await work(); } catch {} }',
};

test('without recordings: what was found, and that nothing is known of it', async () => {
  write(PROGRAM);
  const text = await run({ kind: 'anti' });
  expect(text).toMatchInlineSnapshot(`
    "swallowed-error  src/a.ts:3
      a catches whatever fails, and says nothing; not recorded
    floating-promise  src/a.ts:6
      c does not wait for b(); not recorded

    3 places in 2 files
      swallowed-error   2
      floating-promise  1
    1 more place, in tests, or further down: --all lists them"
  `);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('what a run confirmed comes first, and is certain; of each the rows that show it', async () => {
  write(PROGRAM);
  recorded.run('r1', { '7-0': [{ picture: 'c{ b{ !b }c c{ b{ !b }c', end: true }] });
  const answer = await asked();
  const { findings, counts } = answer;
  expect(new Ajv2020({ strict: true, allowUnionTypes: true }).validate(SCHEMAS['patterns'], answer)).toBe(
    true,
  );
  expect(findings.map(({ pattern, place, proof, confidence, evidence }) => ({ pattern, line: place.line, state: proof.state, count: proof.count, confidence, evidence: evidence.length }))).toMatchInlineSnapshot(`
    [
      {
        "confidence": "certain",
        "count": 2,
        "evidence": 2,
        "line": 6,
        "pattern": "floating-promise",
        "state": "confirmed",
      },
      {
        "confidence": "likely",
        "count": 0,
        "evidence": 1,
        "line": 3,
        "pattern": "swallowed-error",
        "state": "never ran",
      },
      {
        "confidence": "likely",
        "count": 0,
        "evidence": 0,
        "line": 1,
        "pattern": "swallowed-error",
        "state": "not recorded",
      },
    ]
  `); // prettier-ignore
  expect(counts).toEqual({
    'floating-promise': { found: 1, confirmed: 1 },
    'swallowed-error': { found: 2, confirmed: 0 },
  });
});

test('of a folder or file only', async () => {
  write({ ...PROGRAM, 'lib/b.ts': PROGRAM['src/a.test.ts'] });
  expect((await asked('lib')).findings.map(({ place }) => place.path)).toEqual(['lib/b.ts']);
  expect((await asked('src/a.ts')).findings.map(({ place }) => place.path)).toEqual(['src/a.ts', 'src/a.ts']);
  await expect(asked('nowhere')).rejects.toThrow('nowhere: it does not exist');
  const elsewhere = mkdtempSync(join(tmpdir(), 'intellimap-elsewhere-'));
  await expect(asked(elsewhere)).rejects.toThrow('is not in the workspace');
  rmSync(elsewhere, { recursive: true });
});

test('what a pattern is; what is no pattern', async () => {
  write(PROGRAM);
  expect(await run({ explain: 'swallowed-error' })).toMatchInlineSnapshot(`
    "swallowed-error  anti-pattern, severity 3 of 3

    What: An error is caught, and nothing is done about it
    Why: What failed is told to nobody: the program goes on with what it does not
      have, and the reason is gone
    Instead: catch only what you expect and let the rest pass, tell it to a log,
      or say in a comment why it does not matter

    Looked for
      - CatchClause or CallExpression
      - catches an error
      - does nothing with it, and no comment says why
      - of more than clearing up, or asking whether something is there
      - nobody else hears of it
      - with the handler

    Confirmed when: an error was caught there"
  `);
  const json = JSON.parse(await run({ explain: 'swallowed-error', json: true })) as object;
  expect(new Ajv2020().validate(SCHEMAS['patterns-explained'], json)).toBe(true);
  expect(json).toMatchObject({
    name: 'swallowed-error',
    kind: 'anti',
    severity: 3,
    confirmedWhen: 'an error was caught there',
  });
  await expect(run({ explain: 'swallowed' })).rejects.toThrow('there is no pattern "swallowed"');
  await expect(run({ kind: 'bad' })).rejects.toThrow('--kind takes anti or design, not "bad"');
});
