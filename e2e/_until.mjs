import { setTimeout as sleep } from 'node:timers/promises';

/** Waits till it holds: answers come when they come, on a busy machine later. @param patience ms */
export async function until(what, holds, patience = 30_000) {
  for (const end = performance.now() + patience; !(await holds()); await sleep(50))
    if (performance.now() > end) throw new Error(`never: ${what}`);
}
