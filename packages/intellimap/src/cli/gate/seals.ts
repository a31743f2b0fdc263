/** Seals of runs and of reports. I/O: the database, files. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { aggregateTexts } from '../../query/index.ts';
import { recordingsFolder, runFolder } from '../../record/folder.ts';
import {
  checkSeal,
  leavesOf,
  parseSeal,
  readKey,
  type Seal,
  sealWith,
  type Verdict,
} from '../../record/seal.ts';
import type { Call } from '../command.ts';
import { withRun } from '../session.ts';
import { writeWhole } from './baseline-files.ts';

/** Not in the folder of the run: a recording stays as it was recorded. */
const sealOfRun = (root: string, id: string): string => join(recordingsFolder(root), 'seals', `${id}.json`);

/** @returns the file */
export async function sealRun(
  call: Pick<Call, 'cwd' | 'out'>,
  root: string,
  run: unknown,
  keyFile: string,
): Promise<string> {
  const key = readKey(keyFile, 'private');
  return await withRun(call, run, async ({ db, run: { id } }) => {
    const leaves = leavesOf(runFolder(root, id), await aggregateTexts(db, id));
    const file = sealOfRun(root, id);
    writeWhole(file, textOf(sealWith(key, 'run', id, leaves)));
    return file;
  });
}

/** Seals what lies in a folder. */
export function sealReport(folder: string, id: string, keyFile: string): void {
  const seal = sealWith(readKey(keyFile, 'private'), 'report', id, leavesOf(folder));
  writeWhole(join(folder, 'seal.json'), textOf(seal));
}

const textOf = (seal: Seal): string => `${JSON.stringify(seal, null, 2)}\n`;

export interface Checked extends Verdict {
  seal: Seal;
  file: string;
}

/** @param what a run, or the file of a seal */
export async function checked(
  call: Pick<Call, 'cwd' | 'out'>,
  root: string,
  what: string | undefined,
  keyFile: string | undefined,
): Promise<Checked> {
  const key = keyFile === undefined ? undefined : readKey(keyFile, 'public');
  if (what !== undefined && /[/\\]|\.json$/.test(what)) {
    const seal = readSeal(what);
    const leaves = seal.kind === 'run' ? await leavesOfRun(call, root, seal.id) : leavesOf(dirname(what));
    return { ...checkSeal(seal, leaves, key), seal, file: what };
  }
  const { id, leaves } = await withRun(call, what, async ({ db, run }) => ({
    id: run.id,
    leaves: leavesOf(runFolder(root, run.id), await aggregateTexts(db, run.id)),
  }));
  const file = sealOfRun(root, id);
  const seal = readSeal(file);
  return { ...checkSeal(seal, leaves, key), seal, file };
}

const leavesOfRun = async (call: Pick<Call, 'cwd' | 'out'>, root: string, id: string) =>
  await withRun(call, id, async ({ db, run }) =>
    leavesOf(runFolder(root, run.id), await aggregateTexts(db, run.id)),
  );

function readSeal(file: string): Seal {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Fault(
      ExitCode.NOT_FOUND,
      `there is no seal ${file}`,
      'Make one: intellimap sign --key <key.pem>',
    );
  }
  return parseSeal(text, file);
}
