// node bench/ui-data.mjs [--calls 30M] [--times 20] [--lanes 20] [--px 1400]
// What the screens of the UI cost to feed, on a generated recording: the time index (its size in the database, reading it first), windows of the timeline at every zoom, each at places
// that were not asked for before, and the overview. ms of processor time. Build first (npm run build). The last line is JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { median, numberOf, percentile, rounded, timed } from './_figures.mjs';
import { generate, randomFrom } from './_generated.mjs';
import {
  openSession,
  overview,
  prepareWindows,
  timeWindow,
} from '../packages/intellimap/dist/query/index.js';
import { refresh } from '../packages/intellimap/dist/store/index.js';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '30M' },
    times: { type: 'string', default: '20' },
    lanes: { type: 'string', default: '20' },
    px: { type: 'string', default: '1400' },
  },
});
const [times, depths, px] = [values.times, values.lanes, values.px].map(Number);
const ZOOMS = [1, 10, 30, 100, 150, 200, 300, 500, 1000, 10_000, 100_000, 1_000_000];
const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const random = randomFrom(3);
const p95 = (list) => percentile(list, 0.95);

async function windows(session, span, zoom) {
  const cpu = [];
  let rows = 0;
  let coarser = 0;
  for (let time = 0; time < (zoom === 1 ? 5 : times); time++) {
    const t0 = random() * (span - span / zoom);
    const found = await timed(() => timeWindow(session, { t0, t1: t0 + span / zoom, px, depths }));
    cpu.push(found.cpu);
    const { head, columns } = found.result;
    rows = Math.max(rows, columns.row.length);
    if (head.resolution > 2 ** Math.max(0, Math.ceil(Math.log2(span / zoom / px)))) coarser++;
  }
  console.log(
    `  window of 1/${zoom}`.padEnd(24),
    `${rounded(median(cpu), 1)} ms, p95 ${rounded(p95(cpu), 1)} ms, up to ${rows} lines${coarser > 0 ? `, ${coarser} of ${cpu.length} coarser than pixels` : ''}`,
  );
  return { zoom, p50_ms: rounded(median(cpu), 1), p95_ms: rounded(p95(cpu), 1), rows, coarser };
}

try {
  const calls = generate(root, '20261122-000000-gene', numberOf(values.calls));
  const loaded = await timed(() => refresh(root));
  const session = await openSession(root, { load: false });
  const [{ bytes, leaves }] = await session.db.all(
    'SELECT sum(octet_length(data)) AS bytes, count(*) AS leaves FROM time_index',
  );
  const [{ span }] = await session.db.all('SELECT max(end_us) AS span FROM threads');
  console.log(
    `${rounded(calls / 1e6, 1)} M calls in ${rounded(span / 1e6, 1)} s, loaded in ${rounded(loaded.cpu / 1000, 1)} s of processor time; index: ${rounded(bytes / 2 ** 20, 1)} MiB in ${leaves} leaves`,
  );
  const first = await timed(() => timeWindow(session, { t0: 0, t1: span, px, depths }));
  console.log(`  first question          ${rounded(first.cpu, 1)} ms: the index is read`);
  const prepared = await timed(() => prepareWindows(session));
  console.log(
    `  made ready              ${rounded(prepared.cpu, 1)} ms: what reading leaves needs, while nobody waits`,
  );
  const found = [];
  for (const zoom of ZOOMS) found.push(await windows(session, span, zoom));
  const glance = await timed(() => overview(session, { px }));
  const seen = [];
  for (let time = 0; time < times; time++) seen.push((await timed(() => overview(session, { px }))).cpu);
  console.log(
    `  overview                ${rounded(median(seen), 1)} ms, p95 ${rounded(p95(seen), 1)} ms; first ${rounded(glance.cpu, 1)} ms`,
  );
  session.close();
  console.log(
    JSON.stringify({
      calls,
      index_mb: rounded(bytes / 2 ** 20, 1),
      load_cpu_s: rounded(loaded.cpu / 1000, 1),
      first_ms: rounded(first.cpu, 1),
      prepared_ms: rounded(prepared.cpu, 1),
      full_p95_ms: found[0].p95_ms,
      worst_p95_ms: Math.max(...found.map((each) => each.p95_ms)),
      overview_first_ms: rounded(glance.cpu, 1),
      overview_p95_ms: rounded(p95(seen), 1),
      windows: found,
      peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
} finally {
  fs.rmSync(root, { recursive: true, force: true });
}
