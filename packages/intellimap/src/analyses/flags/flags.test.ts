/** What is said of flags: texts, and what runs saw of their functions: `f 3` hits, `f > a 2` calls from one to the other. */
import { describe, expect, test } from 'vitest';
import { surveyFile } from '../../graph/index.ts';
import type { Flag, FlagPaths, FlagReadRow } from '../../query/index.ts';
import type { FlagTarget } from '../../schema/index.ts';
import { graphOf, type Texts } from '../fixtures/graph.ts';
import { isSideFor, Paths } from './paths.ts';
import { flagPlaces, type FlagPlace } from './uses.ts';
import { described } from './words.ts';

function readsOf(texts: Texts): FlagReadRow[] {
  return Object.entries(texts).flatMap(([path, text]) => {
    const { flagReads, flagSides } = surveyFile(text, path, {
      lang: 'js',
      goal: path.endsWith('.cjs') ? 'commonjs' : 'module',
    });
    return flagReads.map((row) => ({
      ...row,
      holds_for: row.holds_for === null ? null : (JSON.parse(row.holds_for) as string[]),
      sides: flagSides
        .filter(({ read_id }) => read_id === row.id)
        .map((side) => ({ ...side, cases: side.cases === null ? null : (JSON.parse(side.cases) as string[]), targets: JSON.parse(side.targets) as FlagTarget[] })),
    }));
  });
} // prettier-ignore

const placesIn = (texts: Texts): FlagPlace[] => flagPlaces(readsOf(texts), graphOf(texts));

describe('where it comes from', () => {
  const IF = 'function a() {} export function f() { if (isNew) a(); }';
  const FROM = "export const isNew = process.env.X === '1';";
  test.each<[string, Texts]>([
    ['a constant of another file', { 'a.js': `import { isNew } from './b.js'; ${IF}`, 'b.js': FROM }],
    ['handed on', { 'a.js': `import { isNew } from './c.js'; ${IF}`, 'b.js': FROM, 'c.js': "export * from './b.js';" }],
    ['under another name', { 'a.js': `import { y as isNew } from './c.js'; ${IF}`, 'b.js': FROM, 'c.js': "export { isNew as y } from './b.js';" }],
    ['all of it', { 'a.js': `import * as all from './b.js'; ${IF.replace('isNew', 'all.isNew')}`, 'b.js': FROM }],
    ['an object', { 'a.js': `import { flags } from './b.js'; ${IF.replace('isNew', 'flags.isNew')}`, 'b.js': "export const flags = { isNew: process.env.X === '1' };" }],
    ['a function', { 'a.js': `import { isNew } from './b.js'; ${IF.replace('isNew', 'isNew()')}`, 'b.js': "export function isNew() { return process.env.X === '1'; }" }],
    ['a default', { 'a.js': `import flags from './b.js'; ${IF.replace('isNew', 'flags.isNew')}`, 'b.js': "export default { isNew: process.env.X === '1' };" }],
    ['CommonJS', { 'a.cjs': `const { isNew } = require('./b.cjs'); ${IF.replace('export ', '')}`, 'b.cjs': "module.exports = { isNew: process.env.X === '1' };" }],
    ['CommonJS, one by one', { 'a.cjs': `const b = require('./b.cjs'); ${IF.replace('export ', '').replace('isNew', 'b.isNew')}`, 'b.cjs': "exports.isNew = process.env.X === '1';" }],
  ])('%s', (_, texts) => {
    expect(placesIn(texts).map(({ source, name, reader, condition, sides }) => [source, name, reader.name, condition.values, sides[0].leadsTo.map((lead) => lead.name)])).toEqual([
      ['environment', 'X', 'f', ['1'], ['a']],
    ]);
  });
  test('a name of another file that holds none', () => {
    expect(placesIn({ 'a.js': `import { isNew } from './b.js'; ${IF}`, 'b.js': 'export const isNew = 1;' })).toEqual([]);
  });
}); // prettier-ignore

const AB = 'function a() {} function b() {} function c() {} ';

/** @param runs value of X (`-`: not set, `?`: nothing told) → what was seen, by a comma each */
function said(text: string, runs: Record<string, string>, tier = 'performance', facts: Partial<Flag> = {}): string {
  const texts = { 'a.js': AB + text };
  const id = new Map(graphOf(texts).functions.map((row) => [row.kind === 'module' ? 'module' : row.name, row.ast_node_id]));
  const paths: FlagPaths = { functions: [], edges: [], blocks: [], values: [] };
  for (const [run, picture] of Object.entries(runs)) {
    const value = run.replace(/ .*/, '');
    if (value !== '?') paths.values.push({ run, name: 'X', value: value === '-' ? null : JSON.stringify(value) });
    for (const each of picture.split(', ').filter(Boolean)) {
      const [src, to, dst, count] = each.split(' ');
      if (to === '>') paths.edges.push({ run, src: id.get(src)!, dst: id.get(dst)!, name: dst, count: Number(count) });
      else paths.functions.push({ run, id: id.get(src)!, hits: Number(to), totalMs: 1, tier });
    }
  }
  const places = placesIn(texts);
  const known = new Paths(paths, []);
  const values = [...new Set(paths.values.map(({ value }) => value))];
  const inRuns = values.map((value) => known.inRuns(value, paths.values.filter((row) => row.value === value).map(({ run }) => run), places));
  const flag: Flag = { name: 'X', source: 'environment', readers: [], values: [], ...facts };
  return described({
    id: '', confidence: 'certain', place: null, evidence: [], flag, isOneSided: inRuns.length === 1, isTextKnown: true, uses: places.map((place) => known.use(place)), inRuns,
    isChanged: inRuns.some(({ uses, value }) => uses.some(({ taken }, at) => taken.some((count, side) => (count ?? 0) > 0 && isSideFor(places[at], side, value && String(JSON.parse(value))) === false))),
  });
} // prettier-ignore

const F = "function f() { if (process.env.X === '1') a(); else b(); }";
test.each<[string, string, Record<string, string>, string]>([
  ['both sides', F, { '1': 'f 2, a 2, b 0, f > a 2', '-': 'f 3, a 0, b 3, f > b 3' },
    'X was 1 in 1 run, not set in 1 run; f (a.js:1): if "1" a twice, if not "1" b 3 times'],
  ['never set', F, { '- 1': 'f 2, a 0, b 2, f > b 2', '- 2': 'f 1, a 0, b 1, f > b 1' },
    'X was not set when any of 2 runs began; f (a.js:1): if "1" a never ran, if not "1" b 3 times'],
  ['always the same', F, { '1 1': 'f 1, a 1, b 0, f > a 1', '1 2': 'f 1, a 1, b 0, f > a 1' },
    'X was 1 in all 2 runs; f (a.js:1): if "1" a twice, if not "1" b never ran'],
  ['called by others only', F, { '-': 'f 2, a 7, b 2, f > b 2' }, 'X was not set when the one run began; f (a.js:1): if "1" a never ran, if not "1" b twice'],
  ['nobody reads it', F, { '-': 'f 0, a 7, b 0' }, 'X was not set when the one run began; f (a.js:1), which reads it, never ran'],
  ['another text', F, { '-': 'a 7, b 0' }, 'X was not set when the one run began; no run knows f (a.js:1), which reads it, as it is now'],
  ['no value', F, { '?': 'f 1, a 1, b 0, f > a 1' }, 'X is read; what it was when runs began is told by run --flags only; f (a.js:1): if "1" a once, if not "1" b never ran'],
  ['set later', F, { '-': 'f 1, a 1, b 0, f > a 1' },
    'X was not set when the one run began; f (a.js:1): if "1" a once, if not "1" b never ran; what ran is not what that value leads to: it was set while the program ran'],
  ['nothing that is recorded', "function f() { if (process.env.X) g(); }", { '-': 'f 1' }, 'X was not set when the one run began; f (a.js:1): what it decides leads to nothing that is recorded'],
  ['what both sides call tells of neither', 'function f() { if (process.env.X) { a(); c(); } else c(); }', { '-': 'f 3, a 0, c 3, f > c 3' }, 'X was not set when the one run began; f (a.js:1): if on a never ran'],
  ['methods, by who was called', 'function f(o) { if (process.env.X) o.a(); }', { '1': 'f 2, f > a 2' }, 'X was 1 in 1 run; f (a.js:1): if on a twice'],
])('%s', (_, text, runs, sentence) => expect(said(text, runs)).toBe(sentence)); // prettier-ignore

test('a minimal run tells what nobody called, and not who called', () => {
  expect(said(F, { '1': 'f 2, a 2, b 0' }, 'minimal')).toBe(
    'X was 1 in 1 run; f (a.js:1): if "1" a, whose calls from here are not told, if not "1" b never ran',
  );
});
