import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSourceFile } from '../file/on-disk.ts';
import { SourceFile } from '../file/source-file.ts';
import { sum } from '../../base/numbers.ts';
import { bodiesOf } from './bodies.ts';
import { type CognitivePart, cognitiveParts } from './cognitive-parts.ts';
import { recursiveBodies } from './recursion.ts';

function partsOf(file: SourceFile, body: number): CognitivePart[] {
  const bodies = bodiesOf(file.tree);
  return cognitiveParts(file.tree, bodies, recursiveBodies(file.tree, file.scopes, bodies), body);
}

/** `3 if +2`: a construct in line 3 that adds 2. */
const shown = (text: string, body = 1): string[] => {
  const file = new SourceFile(text, { path: 'a.ts', lang: 'tsx', goal: 'module' });
  return partsOf(file, body).map(
    ({ node, what, amount }) => `${file.lines.at(file.tree.start[node]).line} ${what} +${amount}`,
  );
};

test('each construct says what it adds', () => {
  const text = `function f(a) {
    for (const b of a)
      if (b && b.c) {
        continue;
      } else if (b.d) while (b.next()) ;
      else b.e ? f(b) : b.f || b.g && b.h;
    try { a() } catch { switch (a) {} }
    outer: for (;;) break outer;
  }`;
  expect(shown(text)).toEqual([
    '1 recursion +1', '2 for … of +1', '3 if +2', '3 && +1', '5 else if +1', '5 while +3', '6 else +1', '6 ?: +3', '6 || && +2',
    '7 catch +1', '7 switch +2', '8 for +1', '8 break outer +1',
  ]);
}); // prettier-ignore

test('functions within lie deeper, unless the one around only declares', () => {
  expect(shown('function f() { if (a) b(() => { if (c) d() }) }')).toEqual(['1 if +1', '1 if +3']);
  expect(shown('function f() { return () => { if (c) d() } }')).toEqual(['1 if +1']);
  expect(shown('if (a) b(); function f() { if (c) d() }', 0)).toEqual(['1 if +1']);
});

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

test('the parts of each function of this folder make its figure', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  let functions = 0;
  for (const name of files) {
    const file = readSourceFile(join(FOLDER, name), name);
    const { cognitive } = file.metrics;
    for (let body = 0; body < cognitive.length; body++)
      if (cognitive[body] > 0) {
        functions++;
        const parts = sum(partsOf(file, body).map(({ amount }) => amount));
        expect([name, body, parts]).toEqual([name, body, cognitive[body]]);
      }
  }
  expect(functions).toBeGreaterThan(500);
}); // prettier-ignore
