/** What ran is in the graph: random programs tell which steps they take, and each way that they went must be one of the flow. A failing seed shows its program. */
import { expect, test } from 'vitest';
import { randomOf } from '../../transform/fixtures/programs.ts';
import { readFile } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import type { Tree } from '../tree/tree.ts';
import { flowsOf } from './build.ts';
import { program } from './fixtures/programs.ts';
import { ran } from './fixtures/ran.ts';
import { shownFlow } from './fixtures/shown.ts';
import { traced } from './fixtures/traced.ts';
import type { Flow } from './flow.ts';
import { Walk } from './fixtures/walked.ts';

const PROGRAMS = Number(process.env['INTELLIMAP_SEEDS'] ?? 60);
/** Each program is run so many times, with luck of its own. */
const RUNS = 6;

test(`${PROGRAMS} random programs`, { timeout: 600_000 }, async () => {
  const first = Number(process.env['INTELLIMAP_SEED'] ?? 0);
  const told = { activations: 0, steps: 0, ended: 0 };
  for (let seed = first; seed < first + PROGRAMS; seed++) {
    const text = program(seed);
    const tree = flatten(readFile(text, { path: 'a.js', lang: 'js', goal: 'module' }).program);
    const { code, probed } = traced(tree, text);
    const walks = new Map(flowsOf(tree).map((flow) => [flow.owner, new Walk(flow, probed)]));
    for (let run = 0; run < RUNS; run++)
      for (const activation of await ran(code, randomOf(seed * RUNS + run))) {
        const walk = walks.get(activation.owner)!;
        const misfit = walk.misfit(activation);
        if (misfit !== undefined) expect.fail(`seed ${seed}, ${misfit}\n${picture(text, tree, walk.flow)}\n${activation.told.join(' ')}`);
        told.activations++;
        told.steps += activation.told.length;
        if (activation.end !== 'running') told.ended++;
      }
  }
  // Whoever tells nothing is right, too.
  expect(told.activations / PROGRAMS).toBeGreaterThan(60);
  expect(told.steps / told.activations).toBeGreaterThan(4);
  expect(told.ended / told.activations).toBeGreaterThan(0.6);
}); // prettier-ignore

const picture = (text: string, tree: Tree, flow: Flow): string =>
  [text.slice(tree.start[flow.owner], tree.end[flow.owner]), ...shownFlow(tree, flow)].join('\n');
