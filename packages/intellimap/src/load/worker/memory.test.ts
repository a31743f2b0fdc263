import { beforeEach, expect, test } from 'vitest';
import type { Outcome } from './instrument.ts';
import { digestOf, Memory } from './memory.ts';

let memory: Memory;
beforeEach(() => {
  memory = new Memory(10);
});

const outcome = (path: string, base: number, code = ''): Outcome => ({
  lines: [],
  instrumented: {
    path,
    base,
    count: 3,
    code,
    moves: {} as never,
    isCompiled: false,
    isTypeScript: false,
    startLine: 0,
    startColumn: 0,
  },
});

test('texts are found by any of their sites, or the newest one by its path', () => {
  memory.keep('a', outcome('/a.js', 1));
  memory.keep('b', outcome('/b.js', 4));
  memory.keep('c', outcome('/a.js', 10));
  expect([1, 3, 4, 6].map((site) => memory.ofSite(site)?.path)).toEqual(['/a.js', '/a.js', '/b.js', '/b.js']);
  expect([0, 7, 9, 13].map((site) => memory.ofSite(site))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(memory.atPath('/a.js')?.base).toBe(10);
});

test('a text that is asked for again is the newest one of its path again', () => {
  memory.keep('old', outcome('/a.js', 1));
  memory.keep('new', outcome('/a.js', 4));
  expect(memory.known('old')?.instrumented?.base).toBe(1);
  expect(memory.atPath('/a.js')?.base).toBe(1);
});

test('when texts grow too many, those not used for longest are dropped; how they lead back stays known', () => {
  memory.keep('a', outcome('/a.js', 1, 'aaaa'));
  memory.keep('b', outcome('/b.js', 4, 'bbbb'));
  memory.known('a');
  memory.keep('c', outcome('/c.js', 7, 'cccc'));
  expect(['a', 'b', 'c'].filter((digest) => memory.known(digest) !== undefined)).toEqual(['a', 'c']);
  expect(memory.ofSite(4)?.path).toBe('/b.js');
});

test('the same text as something else is another question', () => {
  const module = { path: '/a.js', goal: 'module', format: 'module' } as const;
  const digests = [
    digestOf('a()', module),
    digestOf('a() ', module),
    digestOf('a()', { ...module, path: '/b.js' }),
    digestOf('a()', { ...module, goal: 'commonjs' }),
    digestOf('a()', { ...module, startLine: 1 }),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});
