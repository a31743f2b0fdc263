/** What this process wrote down about the modules it loaded, read back when an error is about to end it. I/O: the run folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleLine, SiteTable } from '../base/recording.ts';

type Load = ModuleLine & { t: 'load' };

/** Where a site starts in the file on disk (line from 1, column from 0), and what the file was loaded as. */
export interface SitePlace {
  path: string;
  format: string;
  line: number;
  column: number;
}

/** Files that threads of this process instrumented, in the order they were loaded. */
export function loadsOf(runDir: string, pid: number): Load[] {
  const folder = join(runDir, 'modules');
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${pid}-`))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .flatMap((text) => {
      const line = text === '' ? undefined : (JSON.parse(text) as ModuleLine);
      return line?.t === 'load' ? [line] : [];
    });
}

export function placeOf(runDir: string, loads: Load[], site: number): SitePlace | undefined {
  const load = loads.find(({ base, count }) => site >= base && site < base + count);
  if (load === undefined) return undefined;
  const { sites } = JSON.parse(readFileSync(join(runDir, 'sites', `${load.key}.json`), 'utf8')) as SiteTable;
  const found = sites[site - load.base];
  return found && { path: load.path, format: load.format, line: found.line, column: found.column };
}
