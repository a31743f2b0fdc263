// node bench/_store.mjs load|ask|spans <workspace> …: one measurement of bench/store.mjs, in this process. The last line is JSON.
import fs from 'node:fs';
import path from 'node:path';
import { timed } from './_figures.mjs';
import { randomFrom } from './_generated.mjs';

const [what, root, ...rest] = process.argv.slice(2);
const peakMb = () => process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ...(await { load, ask, spans }[what](root, ...rest)), peakMb: peakMb() }));

async function load(root) {
  const { refresh } = await import('../packages/intellimap/dist/store/index.js');
  const { wall, cpu, result } = await timed(() => refresh(root));
  if (result.loaded.length !== 1) throw new Error(`loaded ${result.loaded.length} runs`);
  return { wall, cpu, bytes: fs.statSync(path.join(root, '.intellimap', 'store.duckdb')).size };
}

/** Every standing report `times`, every look-up five times as often, by turns; look-ups ask for another thing each time. */
async function ask(root, times) {
  const query = await import('../packages/intellimap/dist/query/index.js');
  const { ANALYSES } = await import('../packages/intellimap/dist/analyses/index.js');
  const { surveyWorkspace } = await import('../packages/intellimap/dist/graph/index.js');
  const session = await query.openSession(root, { sources: async (known) => surveyWorkspace(root, known) });
  const random = randomFrom(7);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const ids = (sql) => session.db.all(sql);
  const functions = await ids('SELECT ast_node_id AS id FROM nodes_runtime LIMIT 5000');
  const tasks = await ids(
    'SELECT thread_id AS thread, task_id AS task FROM tasks USING SAMPLE 1000 ROWS (reservoir, 1)',
  );
  const edges = await ids('SELECT src, dst FROM edges_runtime USING SAMPLE 1000 ROWS (reservoir, 1)');
  const [{ thread, calls }] = await ids(
    'SELECT thread_id AS thread, calls FROM threads ORDER BY calls DESC LIMIT 1',
  );
  const reports = {
    summary: () => query.runSummary(session),
    runs: () => query.listRuns(session.db),
    ...Object.fromEntries(Object.values(ANALYSES).map((each) => [each.name, () => each.check(session)])),
  };
  const lookups = {
    'a function, by name or id': () => query.showFunction(session, pick(functions).id),
    'a call, by number': async () => {
      const call = Math.floor(random() * calls);
      if ((await query.findCall(session, thread, call))?.callId !== call) throw new Error(`no call ${call}`);
    },
    'a task, by number': () =>
      one(session, 'SELECT * FROM tasks WHERE thread_id = $thread AND task_id = $task', pick(tasks)),
    'an edge, by its ends': () =>
      one(session, 'SELECT * FROM edges_runtime WHERE src = $src AND dst = $dst', pick(edges)),
  };
  // Of 20 the 95th percentile is the second worst.
  const seen = { reports: await repeated(reports, times), lookups: await repeated(lookups, 5 * times) };
  session.close();
  return { ...seen, calls };
}

async function one({ db }, sql, values) {
  const rows = await db.all(sql, values);
  if (rows.length !== 1) throw new Error(`${rows.length} rows: ${sql}`);
}

/** ms of each, sorted. The first one of each is not counted: what is measured is a session that is open. */
async function repeated(questions, times) {
  const found = Object.fromEntries(Object.keys(questions).map((name) => [name, []]));
  for (let turn = 0; turn <= times; turn++)
    for (const [name, question] of Object.entries(questions)) {
      const start = performance.now();
      await question();
      if (turn > 0) found[name].push(performance.now() - start);
    }
  for (const list of Object.values(found)) list.sort((a, b) => a - b);
  return found;
}

/**
 * The same calls as others would keep them: a row of SQLite for each, as tracing tools do, and an event of Chrome's trace format. Of as many calls as have a row here: the
 * first million.
 */
async function spans(root, calls) {
  const { DatabaseSync } = await import('node:sqlite');
  const query = await import('../packages/intellimap/dist/query/index.js');
  const session = await query.openSession(root, { load: false });
  const rows = await session.db.all(
    'SELECT call_id, parent_call_id, function_id, start_us, end_us, outcome::VARCHAR AS outcome FROM calls LIMIT $calls',
    { calls: Number(calls) },
  );
  const functions = await session.db.all('SELECT function_id, name, path, line FROM functions');
  session.close();
  const names = new Map(functions.map((each) => [each.function_id, each]));
  const file = path.join(root, 'spans.sqlite');
  fs.rmSync(file, { force: true });
  const db = new DatabaseSync(file);
  const write = await timed(() => {
    db.exec('PRAGMA journal_mode = off; PRAGMA synchronous = off');
    db.exec(
      'CREATE TABLE spans (id INTEGER PRIMARY KEY, parent INTEGER, name TEXT, path TEXT, line INTEGER, start REAL, end REAL, outcome TEXT)',
    );
    db.exec('BEGIN');
    const insert = db.prepare('INSERT OR REPLACE INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    for (const row of rows) {
      const { name, path: place, line } = names.get(row.function_id) ?? { name: '?', path: '', line: 0 };
      insert.run(row.call_id, row.parent_call_id, name, place, line, row.start_us, row.end_us, row.outcome);
    }
    db.exec(
      'CREATE INDEX spans_name ON spans (name, path); CREATE INDEX spans_parent ON spans (parent); COMMIT',
    );
  });
  const hot = await timed(() =>
    db
      .prepare(
        'SELECT name, path, count(*) AS n, sum(end - start) AS total FROM spans GROUP BY name, path ORDER BY total DESC LIMIT 10',
      )
      .all(),
  );
  db.close();
  const trace = await timed(() =>
    rows.reduce(
      (bytes, row) => bytes + JSON.stringify(traceEvent(row, names.get(row.function_id))).length + 1,
      2,
    ),
  );
  const bytes = fs.statSync(file).size;
  fs.rmSync(file);
  return {
    rows: rows.length,
    sqlite: { cpu: write.cpu, bytes, hotMs: hot.wall },
    trace: { cpu: trace.cpu, bytes: trace.result },
  };
}

function traceEvent({ start_us: ts, end_us: end }, fn) {
  return {
    name: fn?.name ?? '?',
    cat: 'call',
    ph: 'X',
    ts,
    dur: end - ts,
    pid: 1,
    tid: 1,
    args: { path: fn?.path, line: fn?.line },
  };
}
