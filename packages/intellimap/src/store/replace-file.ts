/** Writing a file whole or not at all: until it is there, readers find what was there before. I/O. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';

export interface ReplaceOptions {
  /** Permissions of a new file; those of the process without it. */
  mode?: number | undefined;
  /** Where it is written, in the same folder: one of its own where several processes may write the file at a time. */
  draft?: string;
}

/** @throws the file system's error; no draft is left behind then. The folder must be there. */
export function replaceFile(
  file: string,
  text: string,
  { mode, draft = `${file}.tmp` }: ReplaceOptions = {},
): void {
  try {
    writeFileSync(draft, text, { mode });
    renameSync(draft, file);
  } catch (error) {
    removeDraft(draft);
    throw error;
  }
}

function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // Why there is no file is what counts, and is told.
  }
}
