import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changedLines, commitNamed, gitFacts, hunksOf } from './git.ts';

let top: string;
let commit: string;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: top, encoding: 'utf8' });
const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`);

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'intellimap-git-'));
  git('init', '-q');
  mkdirSync(join(top, 'app'));
  writeFileSync(join(top, 'app/ä b.js'), lines(20).join('\n'));
  writeFileSync(join(top, 'other.js'), 'x\n');
  git('add', '.');
  git('commit', '-qm', 'one');
  commit = git('rev-parse', 'HEAD').trim();
});
afterAll(() => rmSync(top, { recursive: true }));

test('lines that changed since a commit, by files below a folder', async () => {
  const now = lines(20);
  now[2] = '++ b/not-a-file.js';
  now.splice(9, 2);
  now.push('more', 'and more');
  writeFileSync(join(top, 'app/ä b.js'), now.join('\n'));
  writeFileSync(join(top, 'other.js'), 'y\n');
  const changed = await changedLines(join(top, 'app'), commit);
  expect(changed).toEqual({
    'ä b.js': [
      [3, 3],
      [9, 10],
      [18, 20],
    ],
  });
  expect(await changedLines(join(top, 'app'), '--output=x')).toBeNull();
  expect(await changedLines(tmpdir(), commit)).toBeNull();
  expect((await gitFacts(top))?.dirty).toBe(true);
});

test('names of commits', async () => {
  expect(await commitNamed(join(top, 'app'), 'HEAD')).toMatchObject({ commit });
  for (const none of ['nosuch', '--help', 'app']) expect(await commitNamed(top, none)).toBeUndefined();
});

test('lines that look like heads are lines', () => {
  const diff = ['+++ a.js', '@@ -1,2 +1 @@', '--- x', '-', '+++ b.js', '@@ -9,0 +9,2 @@', '+++ c.js', '+'];
  expect(hunksOf(diff.join('\n'))).toEqual({
    'a.js': [
      [1, 1],
      [9, 10],
    ],
  });
});
