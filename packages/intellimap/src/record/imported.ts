/** Recording folders of imports: made aside, and in their place only when they are whole, as a loader may come by at any time. */
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RunFile } from '../base/recording.ts';
import { ExitCode, Fault, unwritable } from '../base/fault.ts';
import { isAlive } from '../store/is-alive.ts';
import { keepOutOfGit, recordingsFolder, runFolder, runsFolder, writeRunFile } from './folder.ts';

/** Characters that are gathered before they are written. */
const BUFFER = 1 << 20;

/**
 * Makes the folder of a run that comes from a file.
 * @param fill writes what it holds into the folder `imported` that it is given
 * @throws Fault when there is such a run, or it cannot be written; nothing is left behind then
 */
export async function createImport(
  root: string,
  run: RunFile,
  fill: (imported: string) => Promise<void> | void,
): Promise<string> {
  const folder = runFolder(root, run.id);
  if (existsSync(folder))
    throw new Fault(ExitCode.USAGE, `run ${run.id} is here already`, `intellimap report ${run.id} shows it.`);
  const aside = join(recordingsFolder(root), 'importing');
  const draft = join(aside, `${process.pid}-${run.id}`);
  const existed = existsSync(recordingsFolder(root));
  try {
    removeStale(aside);
    mkdirSync(join(draft, 'imported'), { recursive: true });
    mkdirSync(runsFolder(root), { recursive: true });
    keepOutOfGit(root);
    await fill(join(draft, 'imported'));
    writeRunFile(draft, run);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(existed ? draft : recordingsFolder(root), { recursive: true, force: true });
    throw unwritable(error, folder);
  } finally {
    if (existsSync(aside) && readdirSync(aside).length === 0) rmSync(aside, { recursive: true, force: true });
  }
  return folder;
}

/** What imports left that were killed. */
function removeStale(aside: string): void {
  if (!existsSync(aside)) return;
  for (const name of readdirSync(aside))
    if (!isAlive(Number(name.split('-', 1)[0]))) rmSync(join(aside, name), { recursive: true, force: true });
}

/** A JSON object a line. */
export function writeRows(file: string, rows: Iterable<object>): void {
  const handle = openSync(file, 'w');
  try {
    let text = '';
    for (const row of rows) {
      text += `${JSON.stringify(row)}\n`;
      if (text.length < BUFFER) continue;
      writeSync(handle, text);
      text = '';
    }
    writeSync(handle, text);
  } finally {
    closeSync(handle);
  }
}
