/** Site tables on disk: one file a version of a source file, shared by all threads and processes of the run. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteTable } from '../../base/recording.ts';

/** Keeps a table under its key; one that is there already is the same one. */
export function keepTable(runDir: string, key: string, table: SiteTable): void {
  const folder = join(runDir, 'sites');
  const target = join(folder, `${key}.json`);
  if (existsSync(target)) return;
  mkdirSync(folder, { recursive: true });
  const draft = `${target}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify(table));
  renameSync(draft, target);
}
