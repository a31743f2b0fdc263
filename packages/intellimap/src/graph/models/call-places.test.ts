/** The call graph of a text, laid on the steps of its function: `text of the step: whom it calls`. */
import { expect, test } from 'vitest';
import { callsOf } from '../calls/of-file.ts';
import { linkCalls } from '../calls/link.ts';
import { SourceFile } from '../file/source-file.ts';
import { Op } from '../flow/flow.ts';
import { callPlaces } from './call-places.ts';
import { modelOf } from './model-of.ts';

const OPS = Object.keys(Op);

function places(body: string): { at: string[]; loose: string[] } {
  const text = `${AROUND} function f(x) { ${body} }`;
  const file = new SourceFile(text, { path: 'a.ts', lang: 'ts', goal: 'module' });
  const { edges, sites } = linkCalls([callsOf(file)], () => null);
  const model = modelOf(file, 'ts:a.ts#f')!;
  const own = <T extends { src: string }>(rows: readonly T[]): T[] => rows.filter(({ src }) => src === 'ts:a.ts#f');
  const known = callPlaces(model, own(edges), own(sites).map((site) => ({ ...site, outside: site.isOutside, tooMany: null })));
  const { flow, tree } = model;
  const short = (id: string): string => id.replace('ts:a.ts#', '').replace('class ', '');
  const at = [...known.edges].map(([step, all]) => {
    const node = flow.node[step];
    return `${OPS[flow.op[step]]} ${text.slice(tree.start[node], tree.end[node])}: ${all.map(({ dst }) => short(dst)).join(', ')}`;
  });
  return { at, loose: known.loose.map(({ dst }) => short(dst)) };
} // prettier-ignore

const AROUND =
  'function a(...all) { return all; } function b() { return []; } class C { m() { return this; } get g() { return [1]; } field = b(); } const c = new C();';

test('calls, the innermost first, though they begin at one place', () => {
  expect(places('a(b()); c.m().m().m();').at).toEqual([
    'CALL b(): b',
    'CALL a(b()): a',
    'CALL c.m(): C/m',
    'CALL c.m().m(): C/m',
    'CALL c.m().m().m(): C/m',
  ]);
});

test('calls of what a call gave or decided, named at one place', () => {
  expect(places('(b() ? a : x)(); a()()(); new (b())();').at).toEqual([
    'CALL b(): b',
    'CALL (b() ? a : x)(): a',
    'CALL a(): a',
    'CALL b(): b',
  ]);
});

test('members that are read, callbacks, new', () => {
  expect(
    places('c.g.map((each) => each); new C();').at.map((line) => line.replace(/: f\/.*/, ': …')),
  ).toEqual(['LOAD c.g: C/get g', 'LOAD c.g.map: C/get g', 'CALL c.g.map((each) => each): …']);
});

test('what initialises fields has no step in who makes an instance', () => {
  expect(places('new C();').loose).toEqual(['b']);
});
