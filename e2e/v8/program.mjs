/** Programs that V8 measures: started plain and recorded, and what is asked of the recording. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consumer, execute, intellimapBin, query } from '../_consumer.mjs';

/** Command that runs Node. */
export let node = [process.execPath];

/** @param {string} version of Node, from npm, or the path of one */
export function useNode(version) {
  node = version.includes('/') ? [version] : ['npx', '-y', '-p', `node@${version}`, 'node'];
}

/** Functions that hold the processor for `ms`, called by name. */
export const BURN = `
function burn(ms) { const until = process.hrtime.bigint() + BigInt(ms) * 1000000n; let n = 0; while (process.hrtime.bigint() < until) n = spin(n); return n; }
function spin(n) { for (let k = 0; k < 1000; k++) n = (n * 31 + k) | 0; return n; }`;

export function folderOf(files) {
  const cwd = mkdtempSync(join(consumer(), 'v8-'));
  for (const [name, text] of Object.entries({ 'package.json': '{"name":"v8","private":true}', ...files }))
    writeFileSync(join(cwd, name), text);
  return cwd;
}

/** Runs a program plain and measured; both must end and print the same. */
export async function both(files, options, args = ['main.cjs']) {
  const [command, ...own] = node;
  const plain = await execute(command, [...own, ...args], { cwd: folderOf(files) });
  const cwd = folderOf(files);
  const measured = await record(cwd, options, [...node, ...args]);
  assert.equal(measured.stdout, plain.stdout, 'standard output');
  assert.equal(
    measured.stderr.replaceAll(cwd, ''),
    plain.stderr.replaceAll(/\/\S*\/v8-\w+/g, ''),
    'standard error',
  );
  assert.deepEqual([measured.code, measured.signal], [plain.code, plain.signal], 'exit');
  return cwd;
}

export const record = (cwd, options, command, env = {}) =>
  execute(intellimapBin(), ['run', '--no-summary', ...options, '--', ...command], { cwd, env });

/** Functions whose calls V8 and the recorder count differently; each must have been seen by both. */
export const DIFFERENT = `
  SELECT f.path || ' ' || f.name || ': V8 ' || coalesce(c.count, -1) || ', hits ' || coalesce(n.hits, 0) AS difference
  FROM functions f LEFT JOIN nodes_runtime n USING (ast_node_id)
  LEFT JOIN (SELECT ast_node_id, count FROM coverage WHERE kind = 'function') c USING (ast_node_id)
  WHERE coalesce(c.count, -1) <> coalesce(n.hits, 0)`;

/** Nodes with all that are above them, themselves first. */
export const ABOVE = `
  WITH RECURSIVE above AS (
    SELECT thread_id, node_id AS below, node_id FROM cpu_nodes
    UNION ALL SELECT a.thread_id, a.below, n.parent_id FROM above a JOIN cpu_nodes n USING (thread_id, node_id) WHERE n.parent_id IS NOT NULL)`;

/**
 * By thread: ms from the first to the last sample of `burn`; ms that may be its own before that (the sampler may have had no processor), or have no sample; the part
 * of its samples in which V8 saw it on the stack. Collections are on no stack.
 */
export async function burntOf(cwd) {
  const rows = await query(
    cwd,
    `${ABOVE}, burning AS (SELECT DISTINCT a.thread_id, a.below FROM above a JOIN cpu_nodes n USING (thread_id, node_id) WHERE n.name = 'burn'),
     samples AS (SELECT s.thread_id, at_us, weight_us, b.below IS NOT NULL AS burns,
         lag(weight_us, 1, 0) OVER earlier AS before_us, at_us - lag(at_us + weight_us, 1, at_us) OVER earlier AS gap_us
       FROM cpu_samples s LEFT JOIN burning b ON b.thread_id = s.thread_id AND b.below = s.node_id
       WINDOW earlier AS (PARTITION BY s.thread_id ORDER BY at_us)),
     burnt AS (SELECT *, min(at_us) FILTER (burns) OVER thread AS from_us, max(at_us) FILTER (burns) OVER thread AS to_us
       FROM samples WINDOW thread AS (PARTITION BY thread_id))
     SELECT sum(weight_us) / 1000 AS ms, (arg_min(before_us, at_us) + sum(gap_us)) / 1000 AS unsure, sum(weight_us) FILTER (burns) / sum(weight_us) AS seen
     FROM burnt WHERE at_us BETWEEN from_us AND to_us GROUP BY thread_id`,
  );
  assert.ok(rows.length > 0, 'no sample of burn');
  return rows.map((row) => ({ ms: Number(row.ms), unsure: Number(row.unsure), seen: Number(row.seen) }));
}
