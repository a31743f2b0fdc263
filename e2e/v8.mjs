/**
 * What V8 itself measures: CPU samples, coverage and heaps of all threads and processes, however they end; by function, also where a compiler made the text. And the
 * program is as without.
 *
 *   npm run e2e -- v8 --nodes 20,22,24,26   on other versions of Node (from npm)
 *   npm run e2e -- v8 heap                  cases with this in their name
 */
import { parseArgs } from 'node:util';
import { runCases } from './_cases.mjs';
import { coverageCases } from './v8/coverage.mjs';
import { endingCases } from './v8/endings.mjs';
import { heapCases } from './v8/heap.mjs';
import { useNode } from './v8/program.mjs';
import { sampleCases } from './v8/samples.mjs';
import { surroundingCases } from './v8/surroundings.mjs';

const cases = { ...coverageCases, ...sampleCases, ...endingCases, ...heapCases, ...surroundingCases };

export const ci = true;
export const seconds = 105;

/** @param {string[]} argv */
export async function run(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { nodes: { type: 'string' } },
    allowPositionals: true,
  });
  const sum = { passed: 0, failed: 0 };
  for (const version of values.nodes?.split(',') ?? [undefined]) {
    if (version !== undefined) {
      useNode(version);
      console.log(`Node ${version}`);
    }
    const { passed, failed } = await runCases(cases, positionals);
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}
