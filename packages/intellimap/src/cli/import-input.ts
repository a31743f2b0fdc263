/** What `intellimap import` reads: the files that are named, and those of the workspace that they speak of. */
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { explainFileError, ExitCode, Fault } from '../base/fault.ts';
import { type ImportFile, parseManifest } from '../exchange/index.ts';
import { PARQUET_MANIFEST, sha256Of } from '../store/index.ts';

/** A text cannot be much longer, and all of them are in memory. */
const MAX_BYTES = 512 * 1024 * 1024;
const MAX_FILES = 10_000;
/** Files of a folder that may be meant. */
const ENDINGS = /\.(?:json|jsonl|ndjson|cpuprofile|info|lcov)$|^lcov/;
/** Source files and their maps. */
const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

export const isParquetFolder = (path: string): boolean => existsSync(join(path, PARQUET_MANIFEST));

/** @throws Fault when it is not there, or too large */
export function readInput(path: string): ImportFile[] {
  const stats = statOf(path);
  const names = stats.isDirectory()
    ? readdirSync(path)
        .filter((name) => ENDINGS.test(name))
        .toSorted()
    : [];
  const paths = stats.isDirectory()
    ? names.map((name) => join(path, name)).filter((file) => statOf(file).isFile())
    : [path];
  if (paths.length === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `${path} holds nothing that could be imported`,
      'Name a file, or a folder of them.',
    );
  if (paths.length > MAX_FILES)
    throw new Fault(ExitCode.USAGE, `${path} holds ${paths.length} files; at most ${MAX_FILES} are read`);
  const size = paths.reduce((sum, file) => sum + statOf(file).size, 0);
  if (size > MAX_BYTES)
    throw new Fault(
      ExitCode.USAGE,
      `${path} has ${size} bytes; at most ${MAX_BYTES} are read at a time`,
      'Import its parts one by one.',
    );
  return paths.map((file) => ({ name: basename(file), text: withoutMark(readText(file)) }));
}

/** When a file was written last, ms since the epoch: the nearest that is known to when it was recorded. */
export const writtenAt = (path: string): number => Math.floor(statOf(path).mtimeMs);

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(error, path);
  }
}

function readText(path: string): string {
  if (!statOf(path).isFile()) throw new Fault(ExitCode.USAGE, `${path} is no file`);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(error, path);
  }
}

const unreadable = (error: unknown, path: string): Fault => {
  const { code } = error as NodeJS.ErrnoException;
  return new Fault(
    code === 'ENOENT' ? ExitCode.NOT_FOUND : ExitCode.UNREADABLE,
    `cannot read ${explainFileError(error as NodeJS.ErrnoException, path)}`,
  );
};

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);

/**
 * Texts of the workspace only: what is imported may name any file of the machine.
 * @returns null where there is none, it is no file, or lies outside, by way of a link as well
 */
export function workspaceReader(root: string): (path: string) => string | null {
  const real = realpathSync(root);
  return (path) => {
    try {
      const file = realpathSync(resolve(root, path));
      const stats = statSync(file);
      if (!file.startsWith(`${real}${sep}`) || !stats.isFile() || stats.size > MAX_SOURCE_BYTES) return null;
      return readFileSync(file, 'utf8');
    } catch {
      return null;
    }
  };
}

export type ParquetManifest = ReturnType<typeof parseManifest>;

export function readManifest(folder: string): ParquetManifest {
  const file = join(folder, PARQUET_MANIFEST);
  return parseManifest(readText(file), file);
}

/** Copies the files of an export, and compares the copies with the manifest. @throws Fault */
export async function copyParquet(
  folder: string,
  { tables }: ParquetManifest,
  target: string,
): Promise<void> {
  for (const { file, sha256 } of tables) {
    const from = join(folder, file);
    if (!statOf(from).isFile()) throw new Fault(ExitCode.UNREADABLE, `${from} is no file`);
    const copy = join(target, file);
    copyFileSync(from, copy);
    if ((await sha256Of(copy)) !== sha256)
      throw new Fault(
        ExitCode.UNREADABLE,
        `${from} is not the file that ${PARQUET_MANIFEST} tells of: its SHA-256 is another`,
        'Export the run again.',
      );
  }
}
