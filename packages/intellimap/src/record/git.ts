/** What git says about the workspace; null where there is no git or no commit. I/O: runs `git`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunFile } from '../base/recording.ts';

const execute = promisify(execFile);

export async function gitFacts(root: string): Promise<RunFile['git']> {
  const git = async (...args: string[]): Promise<string> =>
    (await execute('git', args, { cwd: root, timeout: 5000, maxBuffer: 1 << 26 })).stdout.trim();
  try {
    const [commit, branch, changes] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('rev-parse', '--abbrev-ref', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no'),
    ]);
    return { commit, branch: branch === 'HEAD' ? null : branch, dirty: changes !== '' };
  } catch {
    return null;
  }
}

/** @throws the error of git, with what it said. */
async function run(folder: string, ...args: string[]): Promise<string> {
  return (await execute('git', args, { cwd: folder, maxBuffer: 1 << 28 })).stdout;
}

/** Lines, of files as they are now, that differ from those of a commit: path relative to `root` → first and last line, from 1. null: git does not know. */
export async function changedLines(
  root: string,
  commit: string,
): Promise<Record<string, [number, number][]> | null> {
  if (!/^[0-9a-f]{7,64}$/.test(commit)) return null;
  try {
    const options = ['--unified=0', '--no-color', '--no-ext-diff', '--no-prefix', '--relative'];
    // Names come as they are, but for quotation marks, line ends and backslashes.
    return hunksOf(await run(root, '-c', 'core.quotePath=false', 'diff', ...options, commit, '--'));
  } catch {
    return null;
  }
}

/** Reads a diff without context. Pure. */
export function hunksOf(diff: string): Record<string, [number, number][]> {
  const hunks: Record<string, [number, number][]> = Object.create(null);
  const lines = diff.split('\n');
  let path = '';
  for (let at = 0; at < lines.length; at++) {
    path = /^\+\+\+ "?(.*?)"?\t?$/.exec(lines[at])?.[1] ?? path;
    const [, gone, from, come] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(lines[at]) ?? [];
    if (from === undefined) continue;
    const count = Number(come ?? 1);
    // Where lines were only taken away, those around stand for them.
    const last = count > 0 ? Number(from) + count - 1 : Number(from) + 1;
    if (path !== '/dev/null') (hunks[path] ??= []).push([Number(from), last]);
    // What the lines say may look like a head.
    at += Number(gone ?? 1) + count;
  }
  return hunks;
}

/** Top folder of the repository and its commit for a name; undefined: no repository, or no such commit. */
export async function commitNamed(
  folder: string,
  name: string,
): Promise<{ top: string; commit: string } | undefined> {
  // A name that begins like an option is none.
  if (name.startsWith('-')) return undefined;
  try {
    const top = (await run(folder, 'rev-parse', '--show-toplevel')).trim();
    const commit = (
      await run(folder, 'rev-parse', '--verify', '--end-of-options', `${name}^{commit}`)
    ).trim();
    return { top, commit };
  } catch {
    return undefined;
  }
}

/** A checkout of a commit in a folder of its own. @throws the error of git. */
export const addWorktree = (top: string, folder: string, commit: string): Promise<string> =>
  run(top, 'worktree', 'add', '--detach', folder, commit);

export const removeWorktree = (top: string, folder: string): Promise<string> =>
  run(top, 'worktree', 'remove', '--force', folder);

/** Folders, relative to the top, in which git knows a `package.json`. */
export async function packageFolders(top: string): Promise<string[]> {
  const files = (await run(top, 'ls-files', '-z', '--', 'package.json', '*/package.json')).split('\0');
  return files.filter((file) => file !== '').map((file) => file.replace(/\/?package\.json$/, ''));
}
