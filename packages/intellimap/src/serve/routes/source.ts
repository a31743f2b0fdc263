/** The text of a file, and what is known of its functions. I/O: reads the file, if the run knows it and it lies in the workspace. */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { explainFileError, ExitCode, Fault } from '../../base/fault.ts';
import { text } from '../../base/shape.ts';
import { sourceFile } from '../../query/index.ts';
import { asked, needed, ofRun, optional, type Route } from '../route.ts';

/** Nobody reads more, and a page cannot hold much more. */
const BYTES = 2 ** 24;
/** Digits of the recorded hash. */
const DIGITS = 16;

export const source: Route<'source'> = {
  ask: asked({ run: optional(text()), path: needed(text()) }),
  async answer(ask, context) {
    const { file, root } = await ofRun(context, ask, async (session) => ({
      file: await sourceFile(session, ask.path),
      root: session.run.root,
    }));
    const found = readText(context.root, file.path);
    const hash = found === null ? null : createHash('sha256').update(found).digest('hex').slice(0, DIGITS);
    return {
      path: file.path,
      text: found,
      isRecorded: file.contentHash === null || hash === null ? null : hash === file.contentHash,
      functions: file.functions,
      recordedIn: root,
    };
  },
};

/** null: it is no more. @throws Fault: it is none of the workspace's, or cannot be read */
function readText(root: string, path: string): string | null {
  const folder = realpathSync(root);
  try {
    const file = realpathSync(resolve(folder, path));
    const inside = relative(folder, file);
    if (isAbsolute(inside) || inside.split(/[\\/]/)[0] === '..')
      throw new Fault(
        ExitCode.NOT_FOUND,
        `${path} is outside of the workspace`,
        'Only files in it are shown.',
      );
    if (statSync(file).size > BYTES) throw new Fault(ExitCode.NOT_FOUND, `${path} is too long to be shown`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Fault) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Fault(ExitCode.NOT_FOUND, explainFileError(error as NodeJS.ErrnoException, path));
  }
}
