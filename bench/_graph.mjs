// node bench/_graph.mjs parse|look|cold|edit <workspace> [edits]: one measurement of bench/graph.mjs, in this process. The last line is JSON.
import fs from 'node:fs';
import path from 'node:path';
import { timed } from './_figures.mjs';

const dist = new URL('../packages/intellimap/dist/', import.meta.url);
const area = (file) => import(new URL(file, dist));

/** The same files, parsed one after the other. */
async function parse(folder) {
  const { filesIn, goalOf } = await area('graph/files.js');
  const { languageOf } = await area('load/scope.js');
  const { scopeFor } = await area('load/node-scope.js');
  const { parse: parseText } = await area('transform/1-parse.js');
  const { wall, cpu } = await timed(() => {
    for (const file of filesIn(folder, scopeFor(folder, { include: [], exclude: [] }))) {
      const text = fs.readFileSync(file, 'utf8');
      parseText(text, languageOf(file), goalOf(file, text));
    }
  });
  return { wall, cpu };
}

/** What `intellimap graph` does, in its two halves, and a session that is told what changed. */
async function parts(folder, at = folder) {
  const { openStore } = await area('store/store.js');
  const { SourceSession } = await area('store/source-session.js');
  const { refreshSources } = await area('store/sources.js');
  const { refreshGraphs } = await area('store/graphs.js');
  const { looksAt, surveyor } = await area('cli/sources.js');
  const { grapher } = await area('cli/grapher.js');
  const store = await openStore(at);
  const out = { progress() {}, say: (text) => console.error(text) };
  const maker = await grapher(folder);
  const session = new SourceSession(await looksAt(folder, out), maker);
  return {
    store,
    maker,
    look: () => refreshSources(store, surveyor(folder, out)),
    make: (given) => refreshGraphs(store, given),
    update: (paths) => session.update(() => store, paths),
  };
}

/** The first look at a workspace: what other commands need of it, too. */
async function look(folder) {
  fs.rmSync(path.join(folder, '.intellimap'), { recursive: true, force: true });
  const { store, look: lookAt } = await parts(folder);
  const { wall, cpu } = await timed(lookAt);
  store.close();
  return { wall, cpu, peakMb: peakMb() };
}

const peakMb = () => process.resourceUsage().maxRSS / 1024;

/** Of a workspace that was looked at. */
async function cold(folder) {
  const { store, maker, make } = await parts(folder);
  const before = bytesOf(folder);
  const weighed = { columns: 0 };
  const made = await timed(async () => {
    await make({ ...maker, make: (paths) => weighing(maker.make(paths), weighed) });
    await store.connection.run('CHECKPOINT');
  });
  const [counts] = await store.all(
    `SELECT (SELECT sum(lines) FROM source_files)::DOUBLE AS lines, (SELECT count(*) FROM graph_files) AS files, (SELECT count(*) FROM graph_files WHERE problem IS NOT NULL) AS problems,
      (SELECT count(*) FROM ast_nodes) AS nodes, (SELECT count(*) FROM graph_edges) AS edges`,
  );
  store.close();
  return {
    ...counts,
    ...weighed,
    wall: made.wall,
    cpu: made.cpu,
    bytes: bytesOf(folder) - before,
    peakMb: peakMb(),
  };
}

const bytesOf = (folder) => fs.statSync(path.join(folder, '.intellimap', 'store.duckdb')).size;

/** Bytes of the columns that come by, and of the texts that they name. */
async function* weighing(graphs, weighed) {
  for await (const done of graphs) {
    if ('graph' in done) {
      const { tree, edges } = done.graph;
      for (const column of [...Object.values(tree), ...Object.values(edges)])
        if (ArrayBuffer.isView(column)) weighed.columns += column.byteLength;
      for (const text of tree.strings) weighed.columns += Buffer.byteLength(text);
    }
    yield done;
  }
}

/** Edits before those that count: what is measured is a session that is open, not one that begins. */
const FIRST = 8;

async function edit(folder, edits) {
  const { store, maker, look: lookAt, make, update } = await parts(folder);
  const found = [];
  const texts = new Map();
  for (const { size, path: name, lines, at } of await chosen(store)) {
    const file = path.join(folder, name);
    const text = fs.readFileSync(file, 'utf8');
    let turn = 0;
    // What is measured is a session that is open, not one that begins.
    const timesOf = async (work) => {
      const times = [];
      for (let count = 0; count < FIRST + Number(edits); count++) {
        const added = `benched${turn++}`;
        fs.writeFileSync(file, `${text.slice(0, at)} const ${added} = ${turn}; ${text.slice(at)}`);
        const { wall } = await timed(work);
        await isRight(store, name, added);
        if (count >= FIRST) times.push(wall);
      }
      return times;
    };
    const whole = await timesOf(async () => {
      await lookAt();
      await make(maker);
    });
    await update();
    const ms = await timesOf(() => update([name]));
    found.push({ size, path: name, lines, ms, whole });
    texts.set(file, text);
  }
  await isAll(store, folder);
  for (const [file, text] of texts) fs.writeFileSync(file, text);
  store.close();
  return found;
}

const LARGEST = 3000;

/** Files of several sizes that have functions, and where the body of the first one begins. */
async function chosen(store) {
  const files = await store.all(
    `SELECT s.path, s.lines, min(b.start) + 1 AS at FROM source_files s JOIN ast_nodes b ON b.path = s.path AND b.kind = 'BlockStatement' AND b.field = 'body'
     JOIN ast_nodes f ON f.path = b.path AND f.node = b.parent AND f.kind LIKE '%Function%' WHERE s.lines < $most GROUP BY ALL ORDER BY s.lines, s.path`,
    { most: LARGEST },
  );
  // One file that is larger than all.
  if (files.length === 0) return [];
  const pick = (share) => files[Math.floor((files.length - 1) * share)];
  return [
    { size: 'small', ...pick(0.25) },
    { size: 'middle', ...pick(0.5) },
    { size: 'large', ...pick(1) },
  ];
}

async function isRight(store, file, name) {
  const rows = await store.all(
    "SELECT text FROM ast_nodes WHERE path = $file AND text LIKE 'benched%' AND kind = 'Identifier'",
    { file },
  );
  if (rows.length !== 1 || rows[0].text !== name) throw new Error(`${file}: ${JSON.stringify(rows)}`);
}

const TABLES = ['source_files', 'source_functions', 'source_holders', 'source_references', 'source_imports', 'source_exports', 'source_flag_reads', 'source_flag_sides', 'source_packages', 'dependencies', 'call_facts', 'call_edges', 'call_sites', 'function_metrics', 'graph_files', 'ast_nodes', 'graph_edges']; // prettier-ignore

/** All tables have the rows that a look from nothing finds. */
async function isAll(store, folder) {
  const other = fs.mkdtempSync(`${folder}-nothing-`);
  const nothing = await parts(folder, other);
  await nothing.look();
  await nothing.make(nothing.maker);
  for (const table of TABLES) {
    const sql = `SELECT count(*) AS rows, sum(hash(t))::VARCHAR AS sum FROM ${table} t`;
    const [found, wanted] = [await store.all(sql), await nothing.store.all(sql)];
    if (found[0].rows !== wanted[0].rows || found[0].sum !== wanted[0].sum)
      throw new Error(`${table}: ${JSON.stringify(found)}, and from nothing ${JSON.stringify(wanted)}`);
  }
  nothing.store.close();
  fs.rmSync(other, { recursive: true, force: true });
}

const [what, root, ...rest] = process.argv.slice(2);
console.log(JSON.stringify(await { parse, look, cold, edit }[what](root, ...rest)));
