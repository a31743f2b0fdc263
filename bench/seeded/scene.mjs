/** A seeded repository on disk, with runs of it recorded. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {(args: string[], options: { cwd: string }) => { status: number, stdout: string, stderr: string }} intellimap
 * @param {Record<string, string>} tools full paths of commands that are not on the path
 * @returns the folder
 */
export function stage(repository, scratch, intellimap, tools = {}) {
  const cwd = join(scratch, repository.name);
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd, { recursive: true });
  repository.write(cwd);
  for (const [folder, { name }] of repository.members) {
    mkdirSync(join(cwd, 'node_modules', '@seeded'), { recursive: true });
    symlinkSync(join(cwd, folder), join(cwd, 'node_modules', name));
  }
  for (const [command, ...args] of repository.commands) {
    const { status, stderr } = intellimap(['run', '--no-summary', '--', tools[command] ?? command, ...args], {
      cwd,
    });
    if (status !== 0)
      throw new Error(`${repository.name}: ${command} ${args.join(' ')} ended with ${status}:\n${stderr}`);
  }
  return cwd;
}
