/** The other build of an interleaved comparison: a folder, or a commit that is checked out for it. I/O: git, the file system. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { addWorktree, commitNamed, packageFolders, removeWorktree } from '../../record/git.ts';

export interface Checkout {
  /** Where the command is started. */
  cwd: string;
  /** What it is called. */
  name: string;
  commit: string | null;
  remove(): Promise<void>;
}

/**
 * @param what a folder, or what git has a commit for
 * @param prepare shell command that makes it ready (`npm ci && npm run build`)
 * @throws Fault: neither, or it cannot be made ready
 */
export async function checkOut(what: string, cwd: string, prepare?: string): Promise<Checkout> {
  const folder = resolve(cwd, what);
  const found = await commitNamed(cwd, what);
  if (found === undefined || (/^[./]/.test(what) && existsSync(folder))) return folderBuild(folder, what);
  const { top, commit } = found;
  const tree = mkdtempSync(join(realpathSync(tmpdir()), 'intellimap-gate-'));
  const remove = async (): Promise<void> => {
    await removeWorktree(top, tree).catch(() => undefined);
    rmSync(tree, { recursive: true, force: true });
  };
  try {
    await addWorktree(top, tree, commit);
    if (prepare === undefined) await lendPackages(top, tree);
    else prepareIn(tree, prepare);
  } catch (error) {
    await remove();
    throw error;
  }
  return { cwd: join(tree, relative(top, realpathSync(cwd))), name: what, commit, remove };
}

function folderBuild(folder: string, what: string): Checkout {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Fault(
      ExitCode.NOT_FOUND,
      `--interleave ${what}: neither a folder nor a commit that git knows here`,
    );
  return { cwd: folder, name: what, commit: null, remove: async () => {} };
}

/** What is installed serves both builds, unless it leads back into this one. */
async function lendPackages(top: string, tree: string): Promise<void> {
  for (const folder of await packageFolders(top)) {
    const [own, lent] = [join(top, folder, 'node_modules'), join(tree, folder, 'node_modules')];
    if (!existsSync(own) || existsSync(lent) || !existsSync(join(tree, folder))) continue;
    const leading = linksInto(own, top);
    if (leading !== undefined)
      throw new Fault(
        ExitCode.NOT_FOUND,
        `node_modules/${leading} is part of this repository: the baseline would run this build's`,
        "say how it is installed: --prepare 'npm ci', or give a folder that is ready",
      );
    symlinkSync(own, lent, 'dir');
  }
}

function linksInto(modules: string, top: string): string | undefined {
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((each) => `${name}/${each}`) : [name],
  );
  return names.find((name) => {
    const path = join(modules, name);
    if (!lstatSync(path).isSymbolicLink() || !existsSync(path)) return false;
    const real = relative(top, realpathSync(path));
    return !real.startsWith('..') && !real.split(/[/\\]/).includes('node_modules');
  });
}

function prepareIn(tree: string, prepare: string): void {
  // Its words are for the person who waits, not for who reads the results.
  const { status, signal } = spawnSync(prepare, { cwd: tree, shell: true, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  throw new Fault(
    ExitCode.GATE_BROKEN,
    `--prepare ended with ${signal ?? `exit code ${status}`} in the checkout of the baseline`,
  );
}
