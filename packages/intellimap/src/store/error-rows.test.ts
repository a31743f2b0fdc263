/** Signatures of recorded errors: from words and notes to rows. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Segment, Workspace } from './fixtures/workspace.ts';
import { openStore, refreshStore } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const text = (id: number, message: string, ...causes: string[]) => ({
  t: 'error', id, name: 'Error', message, ...(causes.length > 0 && { causes: causes.map((each) => ({ name: 'Error', message: each })) }),
}); // prettier-ignore

/** Rows of the runs as `run kind message count signature`; signatures are letters, by their first row. */
async function rows(runs: Record<string, Segment>): Promise<string[]> {
  for (const [run, segment] of Object.entries(runs))
    workspace.run(run, { '7-0': [{ ...segment, end: true }] });
  const store = await openStore(workspace.root);
  try {
    await refreshStore(store);
    const found = await store.all<Record<string, string>>(
      'SELECT run_id, kind, message, count, signature FROM errors ORDER BY run_id, first_us',
    );
    const signatures = [...new Set(found.map(({ signature }) => signature))];
    return found.map(({ run_id, kind, message, count, signature }) =>
      [run_id, kind, message, count, 'ABCDEFG'[signatures.indexOf(signature)]].join(' '),
    );
  } finally {
    store.close();
  }
}

test('figures and order do not count, what is said and who called does', async () => {
  const notes = [text(1, 'no cart 1'), text(2, 'no cart 2'), text(3, 'no order 1')];
  expect(
    await rows({
      r1: { picture: 'a{ c{ ^1c !c !a a{ c{ ^2c !c !a b{ c{ ^1c !c !b', notes },
      r2: { picture: 'b{ c{ ^3c !c !b b{ c{ ^2c !c !b a{ c{ ^1c !c !a a{ d{ ^1d !d !a', notes },
    }),
  ).toEqual([
    'r1 thrown no cart 1 1 A',
    'r1 thrown no cart 2 1 A',
    'r1 thrown no cart 1 1 B',
    'r2 thrown no order 1 1 C',
    'r2 thrown no cart 2 1 B',
    'r2 thrown no cart 1 1 A',
    'r2 thrown no cart 1 1 D',
  ]);
});

test('what caused it counts, and is told', async () => {
  const [one, two] = ['ECONNREFUSED 10.0.0.1:80', 'timeout'];
  expect(
    await rows({
      r1: { picture: 'a{ ^1a !a a{ ^2a !a', notes: [text(1, 'no', one, one), text(2, 'no', one, two)] },
      r2: {
        picture: 'a{ ^1a !a a{ ^2a !a',
        notes: [text(1, 'no', 'ECONNREFUSED 10.0.0.2:80', one), text(2, 'no')],
      },
      r3: { picture: 'a{ }a', notes: [{ ...text(1, 'hostile'), causes: [7, null, { name: {} }] }] },
    }),
  ).toEqual(['r1 thrown no 1 A', 'r1 thrown no 1 B', 'r2 thrown no 1 A', 'r2 thrown no 1 C']);
});

const primitive = (id: number, value: string) => ({ t: 'error', id, name: 'string', message: value });

test('a primitive that is thrown and caught is one error, however many are on their way', async () => {
  const notes = [primitive(1, 'no stock'), primitive(2, 'late')];
  expect(
    await rows({
      r1: { picture: 'a{ b{ ^1b !b v1a b{ ^1b !b v1a }a', notes },
      // Both calls fail before one is caught; what is caught without a throw was thrown elsewhere.
      r2: { picture: 'A1{ ^1A !1 A2{ ^1A !2 A3{ ^2A !3 v1b v2b v1b v1c', notes },
      // An object says itself that it was not seen.
      r3: { picture: 'a{ b{ ^1b !b v1a }a', notes: [text(1, 'no stock')] },
    }),
  ).toEqual([
    'r1 thrown no stock 2 A',
    'r2 thrown no stock 2 B',
    'r2 thrown late 1 C',
    'r2 caught no stock 1 D',
    'r3 thrown no stock 1 E',
    'r3 caught no stock 1 F',
  ]);
});

test('a primitive that nobody caught is one error', async () => {
  const thrown = { t: 'uncaught', name: 'string', message: 'no stock', micros: 1050, error: 3, stack: '' };
  expect(
    await rows({
      r1: { picture: 'a{ ^1a !a #', notes: [primitive(1, 'no stock'), thrown] },
      // Its throw was seen, and caught: this is another one.
      r2: { picture: 'a{ ^1a v1a }a', notes: [primitive(1, 'no stock'), thrown] },
    }),
  ).toEqual(['r1 uncaught no stock 1 A', 'r2 thrown no stock 1 A', 'r2 uncaught no stock 1 B']);
});

/** Functions take three lines from ten times their number on: b is at 20, c at 30. */
const uncaught = (id: number, first: boolean, lines: string[]) => ({
  t: 'uncaught', name: 'Error', message: 'no cart 1', micros: 1050, error: (id << 1) | (first ? 1 : 0),
  stack: ['Error: no cart 1', ...lines.map((line) => `    at x (/app/${line})`)].join('\n'),
}); // prettier-ignore

test('an error that nobody caught has the signature of the one that was caught', async () => {
  const notes = [text(1, 'no cart 1')];
  expect(
    await rows({
      r1: { picture: 'a{ c{ ^1c !c v1aE }a', notes },
      r2: { picture: 'a{ c{ ^1c !c !a', notes: [...notes, uncaught(1, false, ['src/a.ts:31:5'])] },
    }),
  ).toEqual(['r1 thrown no cart 1 1 A', 'r2 uncaught no cart 1 1 A']);
});

test('of one that only V8 saw, the functions are known by its stack: lines within them do not count', async () => {
  expect(
    await rows({
      r1: { picture: 'a{ }a', notes: [uncaught(1, true, ['src/a.ts:31:5', 'src/a.ts:21:5'])] },
      r2: {
        picture: 'a{ }a',
        notes: [uncaught(1, true, ['lib/x.js:1:1', 'src/a.ts:32:9', 'src/a.ts:20:5'])],
      },
      r3: { picture: 'a{ }a', notes: [uncaught(1, true, ['src/a.ts:31:5', 'src/a.ts:41:5'])] },
    }),
  ).toEqual(['r1 uncaught no cart 1 1 A', 'r2 uncaught no cart 1 1 A', 'r3 uncaught no cart 1 1 B']);
});

test('of a page that was edited while it ran, each error is in the function of its own text, and functions stand where the newest text has them', async () => {
  const site = (id: string, kind: string, line: number, endLine: number) => ({
    id: `ts:src/page.ts#${id}`, kind, name: id, parent: kind === 'module' ? -1 : 0, line, column: 0, endLine, endColumn: 1, flags: '',
  }); // prettier-ignore
  const text = (above: number) => ({
    version: 1, path: 'src/page.ts', contentHash: `${above}`, lines: 20 + above, imports: [],
    sites: [site('~module', 'module', 1, 20 + above), site('explode', 'function', 7 + above, 9 + above), site('Page', 'function', 11 + above, 17 + above)],
  }); // prettier-ignore
  const load = (base: number, key: string) => ({ t: 'load', base, count: 3, key, path: 'src/page.ts', format: 'module', ms: 1 }); // prettier-ignore
  const thrown = (micros: number, above: number) => ({
    t: 'uncaught', name: 'TypeError', message: 'x', micros, error: (micros << 1) | 1,
    stack: `TypeError: x\n    at explode (src/page.ts:${8 + above}:3)\n    at HTMLButtonElement.Page (src/page.ts:${12 + above}:5)`,
  }); // prettier-ignore
  // Files of tables have no order: either key may be the first.
  for (const [run, before, after] of [
    ['r1', 'cccc', 'dddd'],
    ['r2', 'dddd', 'cccc'],
  ]) {
    // prettier-ignore
    workspace.run(run, { '10000001-0': [{ notes: [thrown(1050, 0), thrown(1060, 3)], end: true }] });
    workspace.write(run, `sites/${before}.json`, JSON.stringify(text(0)));
    workspace.write(run, `sites/${after}.json`, JSON.stringify(text(3)));
    const lines = [load(101, before), load(104, after)].map((line) => JSON.stringify(line));
    workspace.write(run, 'modules/10000001-0.ndjson', lines.join('\n'));
  }
  const store = await openStore(workspace.root);
  try {
    await refreshStore(store);
    const errors = await store.all<{ signature: string }>(
      'SELECT run_id, line, "function", signature FROM errors ORDER BY run_id, first_us',
    );
    const [{ signature }] = errors;
    const explode = 'ts:src/page.ts#explode';
    expect(errors).toEqual([
      { run_id: 'r1', line: 8, function: explode, signature },
      { run_id: 'r1', line: 11, function: explode, signature },
      { run_id: 'r2', line: 8, function: explode, signature },
      { run_id: 'r2', line: 11, function: explode, signature },
    ]);
    const places = `SELECT line FROM functions WHERE ast_node_id = '${explode}'`;
    expect(await store.all(places)).toEqual([{ line: 10 }, { line: 10 }]);
  } finally {
    store.close();
  }
});

/** Where an error came from that nobody caught, as `function task µs`, and the errors of tasks. */
async function origin(picture: string, lines: string[], more: Record<string, unknown> = {}): Promise<string> {
  const note = { ...uncaught(1, true, lines), ...more };
  workspace.run('r1', { '7-0': [{ picture, notes: [text(1, 'no cart 1'), note], end: true }] });
  const store = await openStore(workspace.root);
  try {
    await refreshStore(store);
    const [{ fn, task, t }] = await store.all<{ fn: string | null; task: number | null; t: number }>(
      `SELECT "function" AS fn, task_id AS task, first_us AS t FROM errors`,
    );
    const counted = await store.all<{ errors: number }>('SELECT errors FROM tasks ORDER BY task_id');
    return `${fn?.split('#')[1] ?? null} ${task} ${t} · ${counted.map(({ errors }) => errors).join(' ')}`;
  } finally {
    store.close();
  }
}
const inB = ['src/a.ts:21:5', 'src/a.ts:11:5'];

// Each event takes 10 µs, the error is told 50 µs after the start.
test.each<[why: string, picture: string, lines: string[], found: string]>([
  ['the calls right before are what it left', 'a{ b{ !b !a & #', inB, 'b 1 19 · 1'],
  ['without a place in recorded files, too', 'a{ b{ !b !a &', ['lib/x.js:1:1'], 'b 1 19 · 1'],
  ['a call goes on that whoever is called was called by', 'c{ a{ !a & }c', ['src/a.ts:11:5'], 'a 1 19 · 1'],
  ['functions may not tell that they were left', 'm{ b{ & #', inB, 'b 1 29 · 1'],
  ['somebody has caught an error before', 'a{ b{ !b }a &', inB, 'b null 50 · 0'],
  ['another call came since', 'b{ !b c{ }c &', inB, 'b null 50 · 0 0'],
  ['the trace names none of the functions', 'a{ b{ !b !a &', ['src/a.ts:31:5'], 'c null 50 · 0'],
  ['a turn ended behind it, and the trace names it', 'b{ !b =1<0timeout & #', inB, 'b 1 9 · 1'],
  ['a turn ended behind it', 'b{ !b =1<0timeout & #', ['lib/x.js:1:1'], 'null null 50 · 0'],
  ['a task began behind it', '[7 b{ !b ]7 [8 & ]8', inB, 'b null 50 · 0 0'],
  ['words were lost', 'b{ !b ?5 &', inB, 'b null 50 · 0'],
  ['nothing tells when it was heard of', 'a{ b{ !b !a', inB, 'b null 50 · 0'],
])('what the language throws and nobody catches belongs to a call, if it is known: %s', async (_, picture, lines, found) => {
  expect(await origin(picture, lines)).toBe(found);
}); // prettier-ignore
test('a rejection came from no call that was left', async () => {
  expect(await origin('a{ b{ !b !a & #', inB, { origin: 'unhandledRejection' })).toBe('b null 50 · 0');
});
