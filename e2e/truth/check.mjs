/** One batch: written, recorded, compared. */
import { logsIn, writeBatch } from './batch.mjs';
import { keyOf, placesOf, recordedCalls, trueCalls, wrongCounts, wrongSums } from './compare.mjs';
import { picture } from './picture.mjs';
import { record, tables } from './recording.mjs';
import { treeOf } from './tree.mjs';

/**
 * @param {string} folder empty
 * @param {string} node executable
 * @param {number[]} seeds
 * @param {boolean} strict
 * @param {string[]} options of the run
 * @returns {Promise<{ calls: number, wrong: string[] }>} texts, one for each program that differs, and one for sums
 */
export async function checkBatch(folder, node, seeds, strict, options = []) {
  const { programs, plan } = writeBatch(folder, seeds, strict);
  record(folder, node, plan, options);
  const places = placesOf(programs);
  const facts = new Map(programs.map(({ file, functions }) => [file, functions]));
  const isAsync = ({ file, fn }) => facts.get(file)[fn].isAsync;
  const trees = logsIn(folder).map((ops) => treeOf(ops, isAsync, strict));
  const answer = await tables(folder);
  const threads = trees.map(({ calls }) => trueCalls(calls, places));
  const calls = threads.reduce((sum, each) => sum + each.length, 0);
  if (options.includes('edges')) return { calls, wrong: wrongCounts(answer, threads) };
  const recording = recordedCalls(answer.calls);
  const wrong = threads.flatMap((truth, at) => differences(truth, recording[at] ?? [], programs));
  const errors = trees.reduce((sum, tree) => sum + tree.errors, 0);
  const sums = wrongSums(answer, threads, errors);
  if (sums.length > 0) wrong.push(`sums: truth ≠ recording\n    ${sums.slice(0, 20).join('\n    ')}`);
  return { calls, wrong };
}

/** @returns {string[]} one for each program that differs in this thread */
function differences(truth, recording, programs) {
  const wrong = waits(truth, recording);
  if (truth.length === recording.length && truth.every((call, at) => keyOf(call) === keyOf(recording[at])))
    return wrong;
  for (const seed of new Set(programs.map((program) => program.seed))) {
    const files = new Set(programs.filter((program) => program.seed === seed).map(({ file }) => file));
    const text = picture(truth, recording, (file) => files.has(file));
    if (text !== undefined) wrong.push(`seed ${seed}\n${text}`);
  }
  return wrong.length > 0 ? wrong : ['calls of the programs are the same, but not the order among programs'];
}

/** A call that never gave up the stack has not waited. */
function waits(truth, recording) {
  const at = truth.findIndex(
    ({ suspensions, place }, i) =>
      suspensions === 0 && recording[i]?.place === place && recording[i].wait > 0,
  );
  return at < 0
    ? []
    : [`call ${at}, ${truth[at].place}, was never suspended, but waited for ${recording[at].wait} µs`];
}
