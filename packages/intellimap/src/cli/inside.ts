/** What a command is about, by its path within the workspace. I/O: asks where files are. */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { explainFileError, ExitCode, Fault } from '../base/fault.ts';
import { findRoot } from '../record/workspace.ts';

/**
 * A function, file or place as recordings name it, where it is spelled as shells complete it: `./src/cart.ts`, `../core/src/cart.ts:12`, an absolute path. All else stays
 * as it is.
 */
export function asRecorded(cwd: string, text: string): string {
  if (!/^(?:\.{1,2}|[A-Za-z]:)?[\\/]/.test(text)) return text;
  const inside = relative(findRoot(cwd), resolve(realpathSync(cwd), text));
  return inside.startsWith('..') || isAbsolute(inside) ? text : inside.split(sep).join('/');
}

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
