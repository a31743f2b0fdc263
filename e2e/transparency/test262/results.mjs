/** Results on disk, one log for each side; what is in a log is not run again. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

export function openLog(file, fresh) {
  if (fresh) rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  const known = new Map();
  if (existsSync(file)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      // The last line of a log whose writer was killed may be half of one.
      if (!line.endsWith('}')) continue;
      const result = JSON.parse(line);
      known.set(result.id, result);
    }
  }
  return {
    get: (id) => known.get(id),
    has: (id) => known.has(id),
    /** A later result of a run replaces the earlier one. */
    add(results) {
      for (const result of results) known.set(result.id, result);
      appendFileSync(file, results.map((result) => `${JSON.stringify(result)}\n`).join(''));
    },
  };
}
