/** Question: what is the text of a file, and is it the one that was recorded? I/O: reads the file, if the run knows it and it lies in the workspace. */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { explainFileError, ExitCode, Fault } from '../base/fault.ts';
import type { Session } from './session.ts';
import { sourceFile, type SourceFile } from './source-file.ts';

export interface SourceText extends SourceFile {
  /** As it is on disk now; null: the file is no more. */
  text: string | null;
  /** It is the text that was recorded; null: it cannot be told. */
  isRecorded: boolean | null;
}

/** Nobody reads more, and a page cannot hold much more. */
const BYTES = 2 ** 24;
/** Digits of the recorded hash. */
const DIGITS = 16;

/**
 * @param root folder of the workspace
 * @throws Fault (NOT_FOUND): the run knows no such file, it is none of the workspace's, or cannot be read
 */
export async function sourceText(session: Session, root: string, path: string): Promise<SourceText> {
  const file = await sourceFile(session, path);
  const text = readText(root, file.path);
  return {
    ...file,
    text,
    isRecorded:
      file.contentHash === null || text === null
        ? null
        : // Node takes the mark in front of some texts away, not always.
          [text, text.replace(/^\uFEFF/, '')].some((each) => hashOf(each) === file.contentHash),
  };
}

/**
 * Where a file of the run is on this machine, links followed; it need not be there any more.
 * @throws Fault (NOT_FOUND): the run knows no such file, or it is none of the workspace's
 */
export async function sourcePath(session: Session, root: string, path: string): Promise<string> {
  const file = await sourceFile(session, path);
  return insideOf(root, file.path);
}

function insideOf(root: string, path: string): string {
  const folder = realpathSync(root);
  const file = followed(resolve(folder, path));
  const inside = relative(folder, file);
  if (isAbsolute(inside) || inside.split(/[\\/]/)[0] === '..')
    throw new Fault(ExitCode.NOT_FOUND, `${path} is outside of the workspace`, 'Only files in it are shown.');
  return file;
}

function followed(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, DIGITS);

/** null: it is no more. @throws Fault: it is none of the workspace's, or cannot be read */
function readText(root: string, path: string): string | null {
  const file = insideOf(root, path);
  try {
    if (statSync(file).size > BYTES) throw new Fault(ExitCode.NOT_FOUND, `${path} is too long to be shown`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Fault) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Fault(ExitCode.NOT_FOUND, explainFileError(error as NodeJS.ErrnoException, path));
  }
}
