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

/** ms of all samples of a function, with what it called, by thread. */
export async function msOf(cwd, name) {
  const rows = await query(
    cwd,
    `${ABOVE} SELECT s.thread_id, sum(weight_us) / 1000 AS ms FROM cpu_samples s
     JOIN above a ON a.thread_id = s.thread_id AND a.below = s.node_id
     JOIN cpu_nodes n ON n.thread_id = a.thread_id AND n.node_id = a.node_id WHERE n.name = '${name}' GROUP BY ALL`,
  );
  assert.ok(rows.length > 0, `no sample of ${name}`);
  return rows.map(({ ms }) => Number(ms));
}
