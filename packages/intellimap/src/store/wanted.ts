/**
 * Who waits for the database says so, in a file beside it: a server that holds it open only in order to be quick lets go then. Nobody has to look at it, and who cannot
 * write it waits as long as before.
 */
import { rmSync, statSync, writeFileSync } from 'node:fs';

const noteOf = (file: string): string => `${file}.wanted`;
/** Who waits says it again each time it tries; ms. A note that is older is of somebody who gave up, or was killed. */
const FRESH_MS = 1000;

export function wanted(file: string): void {
  try {
    writeFileSync(noteOf(file), '');
  } catch {
    // The folder is somebody else's, or the disk is read-only.
  }
}

/** Who waited has it. Others who wait say so again. */
export const notWanted = (file: string): void => rmSync(noteOf(file), { force: true });

/** Is somebody waiting now? */
export function isWanted(file: string): boolean {
  const note = statSync(noteOf(file), { throwIfNoEntry: false });
  if (note === undefined) return false;
  if (Date.now() - note.mtimeMs < FRESH_MS) return true;
  notWanted(file);
  return false;
}
