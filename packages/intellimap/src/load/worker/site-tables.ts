/** Site tables on disk, and how texts lead back: one file a version of a source file, shared by all threads and processes of the run. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MovedText, SiteTable } from '../../base/recording.ts';

/** Keeps a table under its key; one that is there already is the same one. */
export const keepTable = (runDir: string, key: string, table: SiteTable): void =>
  keep(join(runDir, 'sites'), key, table);

/** The same for how its text leads back. */
export const keepText = (runDir: string, key: string, text: MovedText): void =>
  keep(join(runDir, 'texts'), key, text);

function keep(folder: string, key: string, content: SiteTable | MovedText): void {
  const target = join(folder, `${key}.json`);
  if (existsSync(target)) return;
  mkdirSync(folder, { recursive: true });
  const draft = `${target}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify(content));
  renameSync(draft, target);
}
