import { existsSync, mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { ensure } from './ensure.mjs';
import { root } from './run.mjs';

const made = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

// Shells of servers have it, and so has whatever ran a bundler in its process.
test('what a sample is built with is installed, though NODE_ENV says production', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'intellimap-ensure-'));
  made.push(folder);
  const own = { name: 'sample', version: '1.0.0', devDependencies: { tool: 'file:tool' } };
  write(folder, 'package.json', own);
  write(folder, 'tool/package.json', { name: 'tool', version: '1.0.0' });
  const tool = { resolved: 'tool', link: true };
  const packages = { '': own, 'node_modules/tool': tool, tool: { version: '1.0.0', dev: true } };
  write(folder, 'package-lock.json', { ...own, lockfileVersion: 3, requires: true, packages });
  vi.stubEnv('NODE_ENV', 'production');
  await ensure({ folders: [path.relative(root, folder)] });
  expect(existsSync(path.join(folder, 'node_modules/tool/package.json'))).toBe(true);
});

function write(folder, name, data) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), JSON.stringify(data));
}
