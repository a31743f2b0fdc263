/**
 * The key of tokens that stand for secrets: whoever has it can tell whether a text that he guesses is the one behind a token. `.intellimap/privacy.key` is made once
 * for each workspace, for its owner only, so tokens of all its runs can be compared; nothing that leaves the workspace holds it. I/O: that file.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keepOutOfGit } from './folder.ts';

/** In `.intellimap`. */
export const KEY_FILE = 'privacy.key';
const BYTES = 32;
/** 16 hex digits: HalfSipHash takes 64 bits. */
const KEY_DIGITS = 16;

/** What programs on this machine are given a key for. */
export const TEXTS = 'texts';
/** Pages of a build carry theirs, for everybody to read: it is of no use for anything else. */
export const ofBuild = (build: string): string => `build ${build}`;

/** 16 hex digits; undefined: the file can neither be read nor made, so tokens cannot be compared. @param folder `.intellimap` @param use what for */
export function privacyKey(folder: string, use: string): string | undefined {
  try {
    const secret = readKey(folder) ?? makeKey(folder);
    return createHmac('sha256', secret).update(use).digest('hex').slice(0, KEY_DIGITS);
  } catch {
    return undefined;
  }
}

function readKey(folder: string): Buffer | undefined {
  try {
    const key = Buffer.from(readFileSync(join(folder, KEY_FILE), 'utf8').trim(), 'hex');
    return key.length === BYTES ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of two that make one at the same time, the first one counts. */
function makeKey(folder: string): Buffer {
  const draft = join(folder, `${KEY_FILE}.${process.pid}.tmp`);
  mkdirSync(folder, { recursive: true });
  keepOutOfGit(dirname(folder));
  writeFileSync(draft, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, join(folder, KEY_FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const key = readKey(folder);
  if (key === undefined) throw new Error(`${KEY_FILE} is damaged`);
  return key;
}
