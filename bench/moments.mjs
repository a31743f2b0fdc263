// node bench/moments.mjs [--calls 10M] [--times 200] [--workspace <folder>]
// What any moment of a long recording costs: ms of processor time of frameAt, stepFrom and callTree at random moments of a generated recording (`--calls 100M` is the long
// form), what it takes to go through the recording when the first moment is asked for, and to read what was written down of that in a later process. Nothing in it has values.
// `--workspace` keeps the recording there, and takes one that is there. Build first (npm run build). The last line is JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf, numberOf, percentile, rounded, timed } from './_figures.mjs';
import { generateOnce, randomFrom } from './_generated.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    calls: { type: 'string', default: '10M' },
    times: { type: 'string', default: '200' },
    workspace: { type: 'string' },
  },
});
const here = fileURLToPath(import.meta.url);

if (positionals[0] === 'ask') console.log(JSON.stringify(await ask(positionals[1], Number(values.times))));
else main();

function main() {
  const root =
    values.workspace ?? fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
  try {
    generateOnce(root, numberOf(values.calls));
    fs.rmSync(path.join(root, '.intellimap', 'moments'), { recursive: true, force: true });
    const load = loaded(root);
    const first = figuresOf([here, 'ask', root, '--times', '1']);
    const later = figuresOf([here, 'ask', root, '--times', values.times]);
    const result = {
      calls: later.calls,
      load: load && rounded(load.cpu),
      through: first.open,
      again: later.open,
      ...later,
    };
    for (const [name, { p50, p95 }] of Object.entries(later.cpu))
      console.log(`${name.padEnd(14)} p50 ${p50} ms, p95 ${p95} ms of processor time`);
    console.log(JSON.stringify(result));
  } finally {
    if (values.workspace === undefined) fs.rmSync(root, { recursive: true, force: true });
  }
}

/** null: it was loaded before. */
function loaded(root) {
  try {
    return figuresOf([path.join(here, '../_store.mjs'), 'load', root]);
  } catch (error) {
    if (/loaded 0 runs/.test(error.message)) return null;
    throw error;
  }
}

async function ask(root, times) {
  const query = await import('../packages/intellimap/dist/query/index.js');
  const session = await query.openSession(root, { load: false });
  const [{ calls, end }] = await session.db.all(
    'SELECT sum(calls)::DOUBLE AS calls, max(end_us) AS "end" FROM threads',
  );
  const random = randomFrom(11);
  const moment = () => random() * end;
  const call = () => Math.floor(random() * calls);
  const open = await timed(() => query.frameAt(session, { t: moment() }));
  const step = (what, direction) => () => query.stepFrom(session, { t: moment(), what, direction });
  const questions = {
    frameAt: async () => {
      const { source, threads } = await query.frameAt(session, { t: moment() });
      if (source !== 'recording' || threads.length === 0) throw new Error('no moment');
    },
    'next event': step('event', 1),
    'previous error': step('error', -1),
    'next sibling': step('sibling', 1),
    'same function': step('same-function', -1),
    parent: step('parent', -1),
    callTree: () => query.callTree(session, { thread: 1, call: call() }),
  };
  const cpu = {};
  for (const [name, question] of Object.entries(questions)) {
    const took = [];
    for (let time = 0; time < times; time++) took.push((await timed(question)).cpu);
    cpu[name] = { p50: rounded(percentile(took, 0.5)), p95: rounded(percentile(took, 0.95)) };
  }
  session.close();
  const { rss } = process.memoryUsage();
  return { calls, open: rounded(open.cpu), cpu, mb: rounded(rss / 2 ** 20) };
}
