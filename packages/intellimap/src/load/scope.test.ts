import { describe, expect, test } from 'vitest';
import { globProblem, patternsOf } from './globs.ts';
import { createScope } from './scope.ts';

const scope = (include: string[] = [], exclude: string[] = []) =>
  createScope({
    root: '/app',
    include: patternsOf(include),
    exclude: patternsOf(exclude),
    own: ['/app/node_modules/intellimap/dist', '/app/.intellimap'],
  });

describe('what is instrumented', () => {
  test.each([
    ['/app/src/cart.ts', true],
    ['/app/src/view.jsx', true],
    ['/app/tool.cjs', true],
    ['/app/data.json', false],
    ['/app/README', false],
    ['/app/node_modules/express/index.js', false],
    ['/app/packages/a/node_modules/b/index.js', false],
    ['/app/.intellimap/runs/x/y.js', false],
    ['/app/.pnp.cjs', false],
    ['/elsewhere/lib.js', false],
    ['/application/lib.js', false],
  ])('%s: %s', (path, expected) => expect(scope().has(path)).toBe(expected));

  test('packages are added by glob or by folder, and exclusions win', () => {
    const wide = scope(['node_modules/express/**', 'node_modules/@acme/'], ['**/*.test.ts', 'src/generated']);
    expect(wide.has('/app/node_modules/express/lib/router.js')).toBe(true);
    expect(wide.has('/app/node_modules/@acme/core/index.mjs')).toBe(true);
    expect(wide.has('/app/node_modules/koa/index.js')).toBe(false);
    expect(wide.has('/app/src/cart.test.ts')).toBe(false);
    expect(wide.has('/app/src/generated/api.ts')).toBe(false);
    expect(wide.has('/app/src/cart.ts')).toBe(true);
  });

  test('IntelliMap itself never is', () =>
    expect(scope(['node_modules/**']).has('/app/node_modules/intellimap/dist/cli/main.js')).toBe(false));
});

test('names are relative to the root, with forward slashes; absolute outside of it', () => {
  expect(scope().name('/app/src/cart.ts')).toBe('src/cart.ts');
  expect(scope().name('/elsewhere/lib.js')).toBe('/elsewhere/lib.js');
});

test.each([
  ['src/**/*.ts', undefined],
  ['src/{a,b}/**', undefined],
  ['', 'matches nothing'],
  ['/etc/**', 'is absolute'],
  ['src/{a,b', 'unbalanced'],
  ['src/[ab', 'unbalanced'],
])('glob %j: %s', (glob, problem) => {
  if (problem === undefined) expect(globProblem(glob)).toBeUndefined();
  else expect(globProblem(glob)).toContain(problem);
});
