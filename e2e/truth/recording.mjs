/** Records a batch, and asks the tables what is in the recording. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from '../_consumer.mjs';

const dist = new URL('../../packages/intellimap/dist/', import.meta.url);
const cli = fileURLToPath(new URL('command/main.js', dist));
const TIMEOUT_MS = 120_000;

/** Ends the process of the recorder. @throws when the program did not end as it should */
/** @param {string[]} more options */
export function record(folder, node, plan, more = []) {
  const words = [cli, 'run', '--no-summary', ...more, '--', node, 'main.mjs', plan];
  const options = { cwd: folder, env: cleanEnvironment(), encoding: 'utf8', timeout: TIMEOUT_MS };
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, words, options);
  if (status !== 0 || stdout + stderr !== '')
    throw new Error(`the programs ended with ${status ?? signal}:\n${stdout}${stderr}`);
}

const CALLS = `
  select t.tid, c.call_id as id, c.parent_call_id as parent, c.outcome, c.wait_us as wait,
    f.path, f.line, f."column", f.kind, f.is_async, f.is_generator
  from calls c join threads t using (thread_id) left join functions f using (function_id)
  order by t.tid, c.call_id`;

const FACTS = `
  select calls_total, calls_kept, events, events_lost, orphans, complete,
    (select coalesce(sum(calls_open), 0) from threads) as calls_open,
    (select coalesce(sum(damaged), 0) from segments) as damaged,
    (select count(*) from skipped_files) as skipped,
    (select coalesce(sum(count), 0) from errors where message = 'of the program') as errors
  from runs`;

const PLACE = (name) => `${name}.path || ':' || ${name}.line || ':' || ${name}."column"`;

const NODES = `
  select ${PLACE('f')} as place, n.hits, n.roots, n.threw
  from nodes_runtime n join functions f using (ast_node_id)`;

const EDGES = `
  select ${PLACE('a')} || ' → ' || ${PLACE('b')} as places, e.count
  from edges_runtime e join functions a on a.ast_node_id = e.src join functions b on b.ast_node_id = e.dst`;

/** The tables are asked through the command's own modules: starting it for each question costs more than the run. */
export async function tables(folder) {
  const [[facts], calls, nodes, edges] = await ask(folder, [FACTS, CALLS, NODES, EDGES]);
  return { facts, calls, nodes, edges };
}

/** @param {string[]} texts SQL @returns {Promise<object[][]>} rows of each */
export async function ask(folder, texts) {
  const { openSession, sql } = await import(new URL('query/index.js', dist).href);
  const session = await openSession(folder);
  const rowsOf = async (text) => {
    const { columns, rows, more } = await sql(session, text, { limit: 1_000_000 });
    if (more) throw new Error('there are more rows');
    return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, plain(row[at])])));
  };
  try {
    const answers = [];
    for (const text of texts) answers.push(await rowsOf(text));
    return answers;
  } finally {
    session.close();
  }
}

const plain = (cell) => (typeof cell === 'bigint' ? Number(cell) : cell);
