// node bench/ui.mjs [--calls 50M] [--times 200] [--workspace <folder>]
// What the UI costs in a browser without a GPU, on a generated recording of 12,000 functions and two events a call: ms of processor time of the page's own process,
// by what a person does (redraw of the map, moving it, lanes, scrubbing, a source of 50,000 lines), what is sent before Home is seen, the page's heap in the end, and
// what any moment costs the server. `--workspace` keeps the recording there, and takes one that is there. Build first (npm run build). The last line is JSON.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { openBrowser, openPage } from '../e2e/_browser.mjs';
import { rounded } from './_figures.mjs';
import { generate } from './_generated.mjs';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '50M' },
    times: { type: 'string', default: '200' },
    workspace: { type: 'string' },
  },
});
/** As bench/moments.mjs calls it. */
const RUN = '20260101-000000-0000';
const FILES = 600;
const LINES = 50_000;
/** What docs and CI hold them against. */
const BUDGETS = {
  shell_kb: 150,
  map_redraw_ms: 100,
  map_move_ms: 10,
  lanes_ms: 100,
  scrub_ms: 20,
  source_ms: 250,
  heap_mb: 150,
  frame_p95_ms: 16,
};

const here = fileURLToPath(new URL('.', import.meta.url));
const cli = path.join(here, '../packages/intellimap/dist/cli/main.js');
const ui = path.join(here, '../packages/intellimap/dist/ui');
const numberOf = (text) => Number(text.replace(/M$/i, 'e6').replace(/k$/i, 'e3'));
const root = values.workspace ?? fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const ends = [];

try {
  prepare();
  const address = await serve();
  const browser = await openBrowser();
  ends.push(() => browser.close());
  const seen = await looked(browser, address);
  const moments = asked('moments.mjs', 'ask', root, '--times', values.times);
  const result = { calls: moments.calls, ...seen, frame_p95_ms: moments.cpu.frameAt.p95 };
  for (const [name, budget] of Object.entries(BUDGETS))
    console.log(
      `${result[name] <= budget ? 'ok  ' : 'OVER'} ${name.padEnd(14)} ${result[name]} of ${budget}`,
    );
  console.log(
    JSON.stringify({
      ...result,
      over: Object.keys(BUDGETS).filter((name) => !(result[name] <= BUDGETS[name])),
    }),
  );
} finally {
  for (const end of ends.toReversed()) await end();
  if (values.workspace === undefined) fs.rmSync(root, { recursive: true, force: true });
}

function prepare() {
  if (!fs.existsSync(path.join(root, '.intellimap', 'runs', RUN))) {
    fs.mkdirSync(root, { recursive: true });
    fs.writeFileSync(path.join(root, 'package.json'), '{"name":"generated","private":true}');
    generate(root, RUN, numberOf(values.calls), FILES);
  }
  // The first file has text, and much of it; the second as much as it needs.
  for (const [file, lines] of [
    [0, LINES],
    [1, 300],
  ]) {
    const at = path.join(root, `src/part0${file}/module${file}.ts`);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(
      at,
      Array.from(
        { length: lines },
        (_, n) => `  const value${n} = step(${n}, 'text', { key: ${n} }); // line ${n}\n`,
      ).join(''),
    );
  }
}

function asked(script, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(here, script), ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}

async function serve() {
  const child = spawn(process.execPath, [cli, 'open', '--no-browser'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => child.kill('SIGINT'));
  for await (const text of child.stdout.setEncoding('utf8')) {
    const address = /http:\/\/\S+/.exec(text)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('intellimap open ended');
}

async function looked(browser, address) {
  const { page, journal } = await openPage(browser, { colorScheme: 'dark' });
  const system = await browser.newBrowserCDPSession();
  const { origin } = new URL(address);
  const to = async (search) => {
    await page.goto(`${origin}/${search}`);
    await rest(page);
  };
  /** ms of the page's process while `act` goes on. */
  const cost = async (act) => {
    const before = await cpuOf(system);
    await act();
    await frames(page, 2);
    return (await cpuOf(system)) - before;
  };
  await page.goto(address);
  await rest(page);
  const shell = new Set(
    journal.asked.map((url) => new URL(url).pathname).filter((file) => /\.(js|css)$/.test(file)),
  );
  const shell_kb = rounded(
    [...shell].reduce((sum, file) => sum + gzipSync(fs.readFileSync(path.join(ui, file))).length, 0) / 1024,
    1,
  );

  await to('?screen=map&level=module');
  await page.mouse.move(600, 450);
  const map_redraw_ms = (await cost(() => repeated(10, () => pressed(page, 'v')))) / 10;
  const map_move_ms = (await cost(() => repeated(60, () => moved(page)))) / 60;

  await to('?screen=cinema');
  await page.mouse.move(800, 220);
  const bars = await page
    .evaluate(() =>
      fetch('api/window?px=1400')
        .then((answer) => answer.arrayBuffer())
        .then(({ byteLength }) => byteLength),
    )
    .catch(() => null);
  const lanes_ms = (await cost(() => repeated(20, (n) => pressed(page, n % 2 === 0 ? 'd' : 'a')))) / 20;
  const scrub_ms = await scrubbed(page, cost);

  const functions = await page.evaluate(() =>
    fetch('api/functions?text=module&limit=50').then((answer) => answer.json()),
  );
  const idOf = (file) => `ts:src/part0${file}/module${file}.ts#${file === 0 ? 'handle1' : 'handle21'}`;
  const chosen = (file) =>
    page.evaluate((id) => {
      history.pushState(null, '', `?screen=cinema&level=line&function=${encodeURIComponent(id)}`);
      dispatchEvent(new PopStateEvent('popstate'));
    }, idOf(file));
  await chosen(1);
  await rest(page);
  const source_ms = await cost(async () => {
    await chosen(0);
    await rest(page);
  });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  if (journal.problems.length > 0) throw new Error(journal.problems.join('\n'));
  void functions;
  return {
    shell_kb,
    map_redraw_ms: rounded(map_redraw_ms, 1),
    map_move_ms: rounded(map_move_ms, 1),
    lanes_ms: rounded(lanes_ms, 1),
    window_bytes: bars,
    scrub_ms: rounded(scrub_ms, 1),
    source_ms: rounded(source_ms, 1),
    heap_mb: rounded(usedSize / 2 ** 20, 1),
  };
}

/** The playhead dragged along the ruler, a step a frame. */
async function scrubbed(page, cost) {
  const steps = 60;
  await page.mouse.move(400, 128);
  await page.mouse.down();
  const ms = await cost(() =>
    repeated(steps, async (n) => {
      await page.mouse.move(400 + n * 10, 128);
      await frames(page, 1);
    }),
  );
  await page.mouse.up();
  return ms / steps;
}

async function repeated(times, act) {
  for (let n = 0; n < times; n++) await act(n);
}

async function pressed(page, key) {
  await page.keyboard.press(key);
  await rest(page);
}

async function moved(page) {
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, 12);
  await page.keyboard.up('Shift');
  await frames(page, 1);
}

const frames = (page, count) =>
  page.evaluate(async (left) => {
    for (let n = 0; n < left; n++) await new Promise((done) => requestAnimationFrame(done));
  }, count);

async function rest(page) {
  await page.waitForLoadState('networkidle', { timeout: 180_000 });
  await frames(page, 3);
  await page.waitForTimeout(300);
}

/** ms of processor time of all pages' processes: there is one page. */
async function cpuOf(system) {
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}
