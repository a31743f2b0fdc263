import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { goalOf } from './goal.ts';

const folder = mkdtempSync(join(tmpdir(), 'intellimap-goal-'));
mkdirSync(join(folder, 'esm/deep'), { recursive: true });
writeFileSync(join(folder, 'package.json'), '{}');
writeFileSync(join(folder, 'esm/package.json'), '{ "type": "module" }');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['a.js', 'export const a = 1;', 'module'],
  ['a.js', 'const a = require("./b.js"); exports.a = a;', 'commonjs'],
  ['a.js', 'module.exports = () => import("./b.js");', 'commonjs'],
  ['a.js', '// import and export are words here\nconsole.log(1);', 'plain'],
  ['a.js', 'console.log(import.meta.url);', 'module'],
  ['a.mjs', 'console.log(1);', 'module'],
  ['a.cjs', 'console.log(1);', 'commonjs'],
  ['esm/deep/a.js', 'await 1;', 'module'],
  ['a.tsx', 'import { a } from "./a.ts"; export const B = () => <b>{a}</b>;', 'module'],
])('%s with %s: %s', (file, text, goal) => {
  const lang = file.endsWith('x') ? 'tsx' : 'jsx';
  for (const plain of ['module', 'commonjs'] as const)
    expect(goalOf(text, join(folder, file), lang, plain)).toBe(goal === 'plain' ? plain : goal);
});
