/** What recordings show of the steps of a body: `text of the step: seen`, or `·`. */
import { expect, test } from 'vitest';
import { callPlaces, isTold, modelOf } from '../graph/index.ts';
import { callsOf } from '../graph/calls/of-file.ts';
import { linkCalls } from '../graph/calls/link.ts';
import { SourceFile } from '../graph/file/source-file.ts';
import { modelSteps } from './model-steps.ts';

function steps(body: string): string[] {
  const text = `function a() {} function* g() {} function f(x) { ${body} }`;
  const file = new SourceFile(text, { path: 'a.js', lang: 'js', goal: 'commonjs' });
  const other = new SourceFile('module.exports = 1;', { path: 'b.js', lang: 'js', goal: 'commonjs' });
  const { edges, sites } = linkCalls([callsOf(file), callsOf(other)], () => 'b.js');
  const model = modelOf(file, 'ts:a.js#f')!;
  const own = <T extends { src: string }>(rows: readonly T[]): T[] => rows.filter(({ src }) => src === 'ts:a.js#f');
  const places = callPlaces(model, own(edges), own(sites).map((site) => ({ ...site, outside: site.isOutside, tooMany: null })));
  const callees = new Map(edges.map(({ dst }) => [dst, { id: dst, name: dst, kind: dst.endsWith('#') ? 'module' : 'function', isGenerator: dst.endsWith('#g'), isRecorded: true }]));
  const told = [...model.flow.op.keys()].filter((step) => isTold(model.flow, step));
  return modelSteps(model, told, places, callees, null).map(({ text: what, isSeen }) => `${what}: ${isSeen ? 'seen' : '·'}`);
} // prettier-ignore

test.each([
  ['a();', ['a(…): seen']],
  ['g();', ['g(…): ·']],
  ["require('./b.js');", ['require(…): ·']],
  ['setTimeout(a, 1);', ['setTimeout(…): ·']],
  ['queueMicrotask(() => 2);', ['queueMicrotask(…): ·']],
  ["process.nextTick(() => 3); process.on('exit', a);", ['process.nextTick(…): ·', 'process.on(…): ·']],
  ['Promise.resolve().then(a);', ['Promise.resolve(…): ·', 'Promise.resolve(…).then(…): ·']],
  // Of an empty list, nothing is called.
  ['x.map(() => 5);', ['x.map(…): ·']],
])('%s', (body, expected) => expect(steps(body)).toEqual(expected));
