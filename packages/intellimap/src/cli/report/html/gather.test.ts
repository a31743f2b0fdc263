/** What stands around errors: real recordings, and the source as it is on disk. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANALYSES, askAnalyses } from '../../../analyses/index.ts';
import { ExitCode } from '../../../base/fault.ts';
import { openSession, runSummary, type Session } from '../../../query/index.ts';
import { Workspace } from '../../../store/fixtures/workspace.ts';
import { pageFacts } from './gather.ts';
import { reportPage } from './page.ts';

const SOURCE = Array.from({ length: 600 }, (_, at) => `line ${at + 1}\n`).join('');
const file = 'src/b.ts';
let workspace: Workspace;
let session: Session;
beforeAll(async () => {
  workspace = new Workspace();
  // The same line of `n` throws two kinds of errors: with 7 one, with 8 the other.
  const notes = [
    { t: 'error', id: 1, name: 'TypeError', message: 'no cart' },
    { t: 'error', id: 2, name: 'RangeError', message: 'too much' },
  ] as const;
  const values = { texts: ['{"n":"0id","v":[7]}', '{"n":"0id","v":[8]}'] };
  const wanted = { full_trace: [], state_only: [], budget: { calls: 1, rate: 0, bytes: 0, share: 0 }, redact: [] }; // prettier-ignore
  const picture = 'a{ n{ $0n0 ^1n !n n{ $0n1 ^2n !n }a';
  workspace.run('r', { '7-0': [{ picture, notes: [...notes], values, end: true }] }, { values: wanted });
  const table = JSON.parse(readFileSync(join(workspace.runDir('r'), 'sites/bbbb.json'), 'utf8')) as object;
  const contentHash = createHash('sha256').update(SOURCE).digest('hex').slice(0, 16);
  workspace.write('r', 'sites/bbbb.json', JSON.stringify({ ...table, contentHash }));
  session = await openSession(workspace.root);
});
beforeEach(() => {
  rmSync(join(workspace.root, 'src'), { recursive: true, force: true });
  mkdirSync(join(workspace.root, 'src'));
});
afterAll(() => {
  session.close();
  workspace.remove();
});

/** Articles of the page: name of the error, the marked line of source, and with what it was called. */
async function articles(): Promise<string[]> {
  const report = {
    summary: await runSummary(session),
    statements: [],
    answers: await askAnalyses(session, ANALYSES, { only: ['broken-features'] }),
  };
  const page = reportPage(await pageFacts(session, workspace.root, report, null, '0.1.0'));
  return [...page.matchAll(/<article.*?<\/article>/gs)].map(([text]) =>
    [/<h3>(\w+)/, /<b>&gt; 141 +(.*)\n/, /<td><code>(.*?)<\/code>/]
      .map((part) => part.exec(text)?.[1] ?? '-')
      .join(' '),
  );
}

test('each kind of error has the source around it, and the values of its own first call', async () => {
  writeFileSync(join(workspace.root, file), SOURCE);
  expect((await articles()).toSorted()).toEqual(['RangeError line 141 8', 'TypeError line 141 7']);
});

test('where the source is another one, no more, or not to be shown, the page goes without', async () => {
  const without = ['RangeError - -', 'TypeError - -'];
  writeFileSync(join(workspace.root, file), SOURCE.replace('line', 'other'));
  expect((await articles()).toSorted()).toEqual(without);
  rmSync(join(workspace.root, file));
  expect((await articles()).toSorted()).toEqual(without);
  symlinkSync('/etc/hostname', join(workspace.root, file));
  expect((await articles()).toSorted()).toEqual(without);
});

const GATE = { format: 'intellimap-gate', version: 1, gates: [], baseline: {}, candidate: {} };
test.each<[what: string, text: string, message: RegExp]>([
  ['no JSON', '{', /this is no answer of a gate/],
  ['another file', '{"name":"shop"}', /this is no answer of a gate/],
  [
    'a later version',
    JSON.stringify({ ...GATE, version: 2 }),
    /this is no answer of a gate that this version can read/,
  ],
  [
    'one that lacks what was compared',
    JSON.stringify({ ...GATE, baseline: undefined }),
    /this is no answer of a gate/,
  ],
])('%s is refused as the answer of a gate', async (_, text, message) => {
  const gate = join(workspace.root, 'gate.json');
  writeFileSync(gate, text);
  const report = { summary: await runSummary(session), statements: [], answers: [] };
  const page = pageFacts(session, workspace.root, report, gate, '0.1.0');
  await expect(page).rejects.toMatchObject({
    exitCode: ExitCode.USAGE,
    message: expect.stringMatching(message),
  });
});
