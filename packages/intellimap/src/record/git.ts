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
