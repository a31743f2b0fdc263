import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { churnOf, headOf, type LineChurn } from './churn.ts';
import { GitFolder } from './fixtures/git-folder.ts';

let folder: GitFolder;
beforeEach(() => void (folder = new GitFolder()));
afterEach(() => folder.remove());

/** Functions as `function <name>` to the next line that begins with `}`. */
async function churn(texts: Record<string, string>): Promise<Record<string, number>> {
  const watched = Object.entries(texts).flatMap(([path, text]) => {
    const lines = text.split('\n');
    return lines.flatMap((line, at) => {
      const [, id] = /^function (\w+)/.exec(line) ?? [];
      if (id === undefined) return [];
      return [{ id, path, line: at + 1, endLine: lines.findIndex((each, end) => end >= at && each.startsWith('}')) + 1 }];
    });
  });
  const found = await churnOf(folder.root, watched);
  return Object.fromEntries(found.map(({ id, commits }: LineChurn) => [id, commits]));
} // prettier-ignore

const f = (...body: string[]): string => `function f() {\n${body.join('\n')}\n}\n`;
const g = (...body: string[]): string => f(...body).replace('f()', 'g()');

test('commits count for the functions whose lines they change, wherever these lay then', async () => {
  folder.commit('both', { 'a.js': f('1', '2') + g('1') });
  folder.commit('only g', { 'a.js': f('1', '2') + g('1', '2', '3') });
  folder.commit('above both', { 'a.js': `// new\n// lines\n${f('1', '2')}${g('1', '2', '3')}` });
  folder.commit('only f, shorter', { 'a.js': `// new\n// lines\n${f('1')}${g('1', '2', '3')}` });
  folder.commit('between', { 'a.js': `// new\n${f('1')}// here\n${g('1', '2', '3')}` });
  const last = `// new\n${f('1')}// here\n${g('1', '2', '4')}`;
  folder.commit('only g again', { 'a.js': last });
  expect(await churn({ 'a.js': last })).toEqual({ f: 2, g: 3 });
  // What is not committed moves lines, and counts for nobody.
  const now = `'use strict';\n\n${last.replace('1\n}', '1\n5\n}')}`;
  folder.write({ 'a.js': now });
  expect(await churn({ 'a.js': now })).toEqual({ f: 2, g: 3 });
});

test('files keep their past when they are renamed, two with each other as well', async () => {
  const [one, other] = [f('1', '2', '3', '4'), g('a', 'b', 'c', 'd', 'e')];
  folder.commit('begin', { 'a.js': one, 'b.js': other });
  folder.commit('f', { 'a.js': one.replace('3', '33') });
  folder.commit('changed names', { 'a.js': other, 'b.js': one.replace('3', '33') });
  folder.git('mv', 'b.js', 'with "quotes" and\ttab.js');
  folder.commit('moved', {});
  const path = 'with "quotes" and\ttab.js';
  const found = await churn({ 'a.js': other, [path]: one.replace('3', '33') });
  expect(found['f']).toBeGreaterThanOrEqual(2);
  expect(await churn({ 'nowhere.js': one })).toEqual({});
});

test('what a merge brings counts once; texts that look like a diff are texts', async () => {
  folder.commit('begin', { 'a.js': f('1') + g('1') });
  folder.git('checkout', '-qb', 'side');
  folder.commit('one', { 'a.js': f('1') + g('1', '2') });
  folder.commit('two', { 'a.js': f('1') + g('1', '2', '3') });
  folder.git('checkout', '-q', 'main');
  folder.commit('here', { 'a.js': f('-- a/b.js', '++ b/b.js', '@@ -1 +1 @@') + g('1') });
  folder.git('merge', '-q', 'side', '-m', 'merge');
  const text = f('-- a/b.js', '++ b/b.js', '@@ -1 +1 @@') + g('1', '2', '3');
  expect(await churn({ 'a.js': text })).toEqual({ f: 2, g: 2 });
});

test('of a folder of the repository, by its own paths; where there is no commit, nothing', async () => {
  expect(await headOf(folder.root)).toBeNull();
  expect(await churnOf(folder.root, [{ id: 'f', path: 'a.js', line: 1, endLine: 3 }])).toEqual([]);
  folder.commit('begin', { 'sub/a.js': f('1'), 'a.js': g('1') });
  const found = await churnOf(`${folder.root}/sub`, [{ id: 'f', path: 'a.js', line: 1, endLine: 3 }]);
  expect(found).toEqual([{ id: 'f', path: 'a.js', commits: 1, lastAt: Date.parse('2026-01-01T12:00:00Z') }]);
});

/** `git log -L` follows lines, too. */
test('as git itself follows lines', async () => {
  let [one, other] = [['1', '2', '3', '4'], ['a', 'b', 'c']];
  for (let day = 0; day < 20; day++) {
    if (day % 3 === 0) one = [...one.slice(1), `f${day}`];
    if (day % 4 === 1) other = [`g${day}`, ...other.slice(0, 2)];
    if (day % 5 === 2) one = [...one, `more${day}`];
    folder.commit(`day ${day}`, { 'a.js': `${'// line\n'.repeat(day % 7)}${f(...one)}${g(...other)}` });
  }
  const text = `${'// line\n'.repeat(19 % 7)}${f(...one)}${g(...other)}`;
  const lines = text.split('\n');
  const start = lines.indexOf('function g() {') + 1;
  const log = execFileSync('git', ['log', '--format=%h', '-s', `-L${start},${lines.length - 1}:a.js`], { cwd: folder.root, encoding: 'utf8' });
  expect((await churn({ 'a.js': text }))['g']).toBe(log.trim().split('\n').length);
}); // prettier-ignore
