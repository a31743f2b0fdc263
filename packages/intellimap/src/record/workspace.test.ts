import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRoot } from './workspace.ts';

let top: string;
beforeEach(() => (top = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-workspace-')))));
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** Files by path; returns the root seen from `from`, relative to the top. */
function rootOf(files: Record<string, string>, from: string): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  mkdirSync(join(top, from), { recursive: true });
  return findRoot(join(top, from)).slice(top.length) || '/';
}

test('the nearest package', () => expect(rootOf({ 'app/package.json': '{}' }, 'app/src/deep')).toBe('/app'));

test('a member of a monorepo belongs to the whole of it', () => {
  const files = {
    'package.json': '{ "workspaces": ["packages/*", "!packages/old"] }',
    'packages/a/package.json': '{}',
  };
  expect(rootOf(files, 'packages/a/src')).toBe('/');
  expect(rootOf({ 'packages/old/package.json': '{}' }, 'packages/old')).toBe('/packages/old');
  expect(rootOf({ 'samples/shop/package.json': '{}' }, 'samples/shop')).toBe('/samples/shop');
});

test('pnpm and yarn say it in other places', () => {
  const pnpm = {
    'pnpm-workspace.yaml': "packages:\n  # ours\n  - 'libs/**'\n  - apps/*\n",
    'package.json': '{}',
  };
  expect(rootOf({ ...pnpm, 'libs/deep/a/package.json': '{}' }, 'libs/deep/a')).toBe('/');
  expect(rootOf({ 'apps/web/package.json': '{}' }, 'apps/web')).toBe('/');
  const yarn = {
    'yarn/package.json': '{ "workspaces": { "packages": ["x"] } }',
    'yarn/x/package.json': '{}',
  };
  expect(rootOf(yarn, 'yarn/x')).toBe('/yarn');
});

test('without any package: the repository, or the folder itself', () => {
  expect(rootOf({ 'repo/.git/HEAD': 'ref' }, 'repo/scripts')).toBe('/repo');
  expect(rootOf({}, 'plain/folder')).toBe('/plain/folder');
});
