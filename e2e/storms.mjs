/**
 * Whatever happens to the recorder, the program never crashes nor hangs and behaves as without it; what is lost is counted, or the
 * recording says that it is not complete.
 */
import { parseArgs } from 'node:util';
import { runCases } from './_cases.mjs';
import { eventCases } from './storms/events.mjs';
import { processCases } from './storms/processes.mjs';
import { cleanUp } from './storms/program.mjs';
import { surroundingCases } from './storms/surroundings.mjs';
import { workerCases } from './storms/workers.mjs';

export const ci = true;
/** Storms take all processors. */
export const alone = true;

/** @param {string[]} argv parts of cases' names; `--workers <n>`, one after the other, `--at-once <n>` of them; `--millions <n>` calls of a storm's thread, `--depth <n>` of processes, `--processes <n>` of a fork bomb */
export async function run(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      workers: { type: 'string', default: '24' },
      'at-once': { type: 'string', default: '8' },
      millions: { type: 'string', default: '1' },
      depth: { type: 'string', default: '2' },
      processes: { type: 'string', default: '12' },
    },
  });
  const scale = {
    workers: Number(values.workers),
    atOnce: Number(values['at-once']),
    millions: Number(values.millions),
    depth: Number(values.depth),
    processes: Number(values.processes),
  };
  const cases = [workerCases, eventCases, processCases, surroundingCases].map((of) => of(scale));
  return runCases(Object.assign({}, ...cases), positionals, cleanUp);
}
