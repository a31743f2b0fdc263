/** Where baselines lie: `.intellimap/baselines/<name>.json`, or any file. I/O. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { explainFileError, ExitCode, Fault, unwritable } from '../../base/fault.ts';
import { type Baseline, parseBaseline } from '../../gates/index.ts';
import { recordingsFolder } from '../../record/folder.ts';
import { replaceFile } from '../../store/replace-file.ts';

const folderOf = (root: string): string => join(recordingsFolder(root), 'baselines');

/** @throws Fault: a name that is none. */
export function fileOf(root: string, name: string): string {
  if (!/^[A-Za-z0-9][\w.-]{0,99}$/.test(name))
    throw new Fault(
      ExitCode.USAGE,
      `"${name}" cannot be the name of a baseline`,
      'letters, digits, - _ and . will do; for a file: --file <path>',
    );
  return join(folderOf(root), `${name}.json`);
}

/**
 * A name, or a path: it has a slash or ends with `.json`.
 * @param from where a path begins: for one of the configuration the workspace, for one of the command line where it was typed
 */
export const fileNamed = (root: string, nameOrFile: string, from = root): string =>
  /[/\\]|\.json$/.test(nameOrFile) ? resolve(from, nameOrFile) : fileOf(root, nameOrFile);

/** Whether a file lies where those lie that have a name. */
export const isAmongNamed = (root: string, file: string): boolean => dirname(file) === folderOf(root);

/** @throws Fault: there is none, or it cannot be read. */
export function readBaseline(file: string): Baseline {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Fault(
      isMissing ? ExitCode.NOT_FOUND : ExitCode.UNREADABLE,
      isMissing
        ? `there is no baseline ${file}`
        : `cannot read ${explainFileError(error as NodeJS.ErrnoException, file)}`,
      'Save one: intellimap baseline save; or compare with a commit: intellimap gate run --interleave <ref> -- <command>',
    );
  }
  return parseBaseline(text, file);
}

/** Whole or not at all. @throws Fault when it cannot be written. */
export function writeWhole(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    replaceFile(file, text);
  } catch (error) {
    throw unwritable(error, file);
  }
}

/** Names, in their order. */
export function baselineNames(root: string): string[] {
  try {
    return readdirSync(folderOf(root))
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .toSorted();
  } catch {
    return [];
  }
}
