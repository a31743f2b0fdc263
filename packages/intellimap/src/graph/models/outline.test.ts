/** The expected order as structure: what happens by its text, structure by what decides. */
import { expect, test } from 'vitest';
import { SourceFile } from '../file/source-file.ts';
import { modelOf } from './model-of.ts';
import { type Outline, outlineOf } from './outline.ts';
import { isTold } from './events.ts';
import { headText, stepText } from './step-text.ts';

function outline(body: string): string[] {
  const text = `async function f(p = q()) { ${body} }`;
  const model = modelOf(new SourceFile(text, { path: 'a.js', lang: 'js', goal: 'module' }), 'ts:a.js#f')!;
  const lines: string[] = [];
  const show = (parts: readonly Outline[], depth: number): void => {
    const say = (line: string): unknown => lines.push(`${'  '.repeat(depth)}${line}`);
    for (const part of parts)
      switch (part.type) {
        case 'step':
          say(stepText(model, part.step));
          break;
        case 'loop':
          say(`loop ${headText(model, part.node)}`);
          show(part.parts, depth + 1);
          break;
        case 'choice':
          for (const option of part.options) {
            say(`? ${headText(model, part.node)}`);
            show(option.parts, depth + 1);
          }
          break;
        case 'try':
          say('try');
          show(part.parts, depth + 1);
          if (part.handler) say('caught');
          show(part.handler ?? [], depth + 1);
          if (part.last) say('finally');
          show(part.last ?? [], depth + 1);
      }
  };
  const isOwn = (step: number): boolean => isTold(model.flow, step);
  show(outlineOf(model.tree, model.flow, isOwn), 0);
  return lines;
}

test('one after the other, in the order in which it happens', () => {
  expect(outline('const x = await a(b(), c.d.e(1)); return g(x);')).toEqual([
    'b(…)',
    'c.d.e(…)',
    'a(…)',
    'await a(…)',
    'g(…)',
    'return g(…)',
  ]);
});

test('either or, again, guarded; what tells nothing is left out', () => {
  expect(outline('if (x) a(); else { y = 1; b(); } x && c(); d?.(); if (z) z++;')).toEqual([
    '? if (x)',
    '  a(…)',
    '? if (x)',
    '  b(…)',
    '? x &&',
    '  c(…)',
    '? d?.',
    '  d(…)',
  ]);
  expect(outline('for (const x of a()) { if (x) continue; b(x); } try { c(); } catch (e) { throw e; } finally { d(); }')).toEqual([
    'a(…)',
    'loop for (const x of a())',
    '  b(…)',
    'try',
    '  c(…)',
    'caught',
    '  catch (e)',
    '  throw e',
    'finally',
    '  d(…)',
  ]);
}); // prettier-ignore
