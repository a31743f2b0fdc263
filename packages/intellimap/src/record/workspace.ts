/** The user's workspace: the folder that scope globs, file names and recordings belong to. I/O: looks for marker files. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';

/**
 * The nearest package, or the monorepo that counts it as a member: then all of the monorepo is in scope. Without any
 * package, the repository; without that, the folder itself.
 */
export function findRoot(cwd: string): string {
  const start = realpathSync(cwd);
  const owner = ancestor(start, (folder) => existsSync(join(folder, 'package.json')));
  if (owner === undefined) return ancestor(start, (folder) => existsSync(join(folder, '.git'))) ?? start;
  return ancestor(dirname(owner), (folder) => hasMember(folder, owner)) ?? owner;
}

function ancestor(start: string, test: (folder: string) => boolean): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (test(folder)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function hasMember(root: string, member: string): boolean {
  const globs = memberGlobs(root);
  if (globs === undefined) return false;
  const path = relative(root, member).split(sep).join('/');
  const [no, yes] = [
    globs.filter((glob) => glob.startsWith('!')),
    globs.filter((glob) => !glob.startsWith('!')),
  ];
  return (
    picomatch(yes.map(plain))(path) &&
    !(no.length > 0 && picomatch(no.map((glob) => plain(glob.slice(1))))(path))
  );
}

const plain = (glob: string): string => glob.replace(/^\.\//, '').replace(/\/$/, '');

/** What a folder declares as its workspaces, for npm, yarn, bun and pnpm; undefined when it declares none. */
function memberGlobs(folder: string): string[] | undefined {
  const pnpm = readText(join(folder, 'pnpm-workspace.yaml'));
  if (pnpm !== undefined) {
    const list = /^packages:\s*\n((?:\s*(?:-.*|#.*)?\n?)*)/m.exec(`${pnpm}\n`)?.[1] ?? '';
    return [...list.matchAll(/^\s*-\s*['"]?([^'"#\n]+?)['"]?\s*(?:#.*)?$/gm)].map((match) => match[1]);
  }
  const text = readText(join(folder, 'package.json'));
  if (text === undefined) return undefined;
  try {
    const { workspaces } = JSON.parse(text) as { workspaces?: string[] | { packages?: string[] } };
    return Array.isArray(workspaces) ? workspaces : workspaces?.packages;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
