/** What git leaves out: output of compilers, coverage, caches. Nobody asks whether that is dead. I/O: asks git. */
import { spawnSync } from 'node:child_process';

/** Whether git ignores a path relative to the workspace; without git nothing is ignored. */
export function ignoredBy(root: string): (path: string) => boolean {
  const { status, stdout } = spawnSync(
    'git',
    ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  if (status !== 0) return () => false;
  const entries = stdout.split('\0').filter((entry) => entry !== '');
  const files = new Set(entries.filter((entry) => !entry.endsWith('/')));
  const folders = new Set(entries.filter((entry) => entry.endsWith('/')));
  return (path) => {
    if (files.has(path)) return true;
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
      if (folders.has(path.slice(0, end + 1))) return true;
    return false;
  };
}
