/** A file or folder that a command is about, by its path within the workspace. I/O: asks where it is. */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { explainFileError, ExitCode, Fault } from '../base/fault.ts';

/** Relative to the root, with a slash behind; empty: all. @throws Fault when it is not there, or not in the workspace. */
export function insideOf(root: string, cwd: string, path: string | undefined): string {
  if (path === undefined) return '';
  let real: string;
  try {
    real = realpathSync(resolve(cwd, path));
  } catch (error) {
    throw new Fault(ExitCode.NOT_FOUND, explainFileError(error as NodeJS.ErrnoException, path));
  }
  const inside = relative(realpathSync(root), real);
  if (inside.startsWith('..') || isAbsolute(inside))
    throw new Fault(
      ExitCode.USAGE,
      `${path} is not in the workspace ${root}`,
      'start the command in its workspace',
    );
  return inside === '' ? '' : `${inside.split(sep).join('/')}/`;
}
