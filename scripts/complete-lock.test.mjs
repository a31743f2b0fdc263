import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { complete, locks, platformOf, reached } from './complete-lock.mjs';

const read = (file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));

describe('platformOf', () => {
  test.each([
    ['@esbuild/darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@rolldown/binding-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@rolldown/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    // As npm writes it: no system at all.
    ['@rspack/binding-wasm32-wasi', { cpu: ['wasm32'] }],
    ['fsevents', undefined],
  ])('%s', (name, platform) => expect(platformOf(name)).toEqual(platform));
});

test('complete adds what is missing, beside its parent, and nothing that is there', () => {
  const optionalDependencies = {
    '@x/a-win32-x64': '1.0.0',
    '@x/a-wasm32-wasi': '1.0.0',
    '@x/a-linux-x64': '1.0.0',
    b: '1.0.0',
  };
  const lock = {
    packages: {
      '': {},
      'node_modules/@x/a-linux-x64': { version: '2.0.0' },
      'node_modules/p/node_modules/@x/a': { version: '1.0.0', dev: true, optionalDependencies },
      'node_modules/p/node_modules/@x/a-win32-x64': { version: '1.0.0' },
    },
  };
  const below = 'node_modules/p/node_modules/@x';
  expect(complete(lock)).toEqual([`${below}/a-wasm32-wasi`, `${below}/a-linux-x64`]);
  expect(lock.packages[`${below}/a-wasm32-wasi`]).toEqual({
    version: '1.0.0',
    cpu: ['wasm32'],
    dev: true,
    optional: true,
  });
  expect(complete(lock)).toEqual([]);
});

// `npm ci` asks for this, and refuses a lock without it; on which platform, does not matter.
test.each(locks())('%s has all that its packages may need', (file) => {
  const { packages } = read(file);
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !reached(packages, place, name))
      .map((name) => `${place}: ${name}`),
  );
  expect(missing).toEqual([]);
});
