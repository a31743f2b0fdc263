/**
 * What a thread's recording says about the modules it loads: an append-only list of loads, skips and resolutions. Each line is on disk before
 * the module runs, so that even a program killed at once can be explained.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleLine } from '../base/recording.ts';

// Taken now: programs delete globals.
const { stringify } = JSON;

export interface Journal {
  /** What was said before is not said again. */
  write: (line: ModuleLine) => void;
}

/** @param thread names the thread, e.g. `4711-0` for a main thread and `4711-0h` for its hooks thread. */
export function openJournal(runDir: string, thread: string): Journal {
  const folder = join(runDir, 'modules');
  const file = join(folder, `${thread}.ndjson`);
  const said = new Set<string>();
  return {
    write(line) {
      const key = keyOf(line);
      if (said.has(key)) return;
      if (said.size === 0) mkdirSync(folder, { recursive: true });
      said.add(key);
      // One write a line: O_APPEND keeps lines whole even when a thread dies in the middle of its work.
      // Without a prototype: programs define `Object.prototype.toJSON`.
      appendFileSync(file, `${stringify({ __proto__: null, ...line })}\n`);
    },
  };
}

function keyOf(line: ModuleLine): string {
  if (line.t === 'load') return `load ${line.base}`;
  return line.t === 'skip' ? `skip ${line.path}\0${line.reason}` : `${line.from}\0${line.specifier}`;
}
