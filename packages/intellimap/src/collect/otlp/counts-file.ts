/** How often what was secret was redacted in what no thread told: `redacted.json` of a run's folder. I/O: that file. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countsIn, REDACTED_FILE, type RuleCounts } from '../../base/redaction-counts.ts';

/** Without such a file there are none. */
export function readCounts(folder: string): RuleCounts {
  try {
    return countsIn(JSON.parse(readFileSync(join(folder, REDACTED_FILE), 'utf8')));
  } catch {
    return {};
  }
}

/** @throws the file system's error */
export function writeCounts(folder: string, counts: RuleCounts): void {
  const file = join(folder, REDACTED_FILE);
  writeFileSync(`${file}.tmp`, JSON.stringify(counts));
  renameSync(`${file}.tmp`, file);
}
