// node bench/ui.mjs [--calls 50M] [--times 200] [--workspace <folder>]
// What the UI costs in a browser without a GPU, on a generated recording of 12,000 functions and two events a call: ms of processor time of the page's own process,
// by what a person does (redraw of the map, moving it, lanes, scrubbing, a source of 50,000 lines), what is sent before Home is seen, the page's heap in the end, and
// what any moment costs the server. `--workspace` keeps the recording there, and takes one that is there. Build first (npm run build). The last line is JSON.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { openBrowser, openPage } from '../e2e/_browser.mjs';
import { figuresOf, numberOf, rounded } from './_figures.mjs';
import { generateOnce } from './_generated.mjs';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '50M' },
    times: { type: 'string', default: '200' },
    workspace: { type: 'string' },
  },
});
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
const cli = path.join(here, '../packages/intellimap/dist/command/main.js');
const ui = path.join(here, '../packages/intellimap/dist/ui');
const root = values.workspace ?? fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const ends = [];
/** Requests of the page. */
const onWay = new Set();

try {
  prepare();
  const address = await serve();
  const browser = await openBrowser();
  ends.push(() => browser.close());
  const seen = await looked(browser, address);
  const moments = figuresOf([path.join(here, 'moments.mjs'), 'ask', root, '--times', values.times]);
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
  generateOnce(root, numberOf(values.calls), FILES);
  const manifest = path.join(root, 'package.json');
  if (!fs.existsSync(manifest)) fs.writeFileSync(manifest, '{"name":"generated","private":true}');
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
  page.on('request', (request) => request.url().endsWith('/api/live') || onWay.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => onWay.delete(request));
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
  const map_move_ms = await moved(page, cost);

  await to('?screen=cinema');
  await page.mouse.move(800, 220);
  const window_bytes = await page.evaluate(() =>
    Math.max(
      0,
      ...performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/api/window?'))
        .map(({ decodedBodySize }) => decodedBodySize),
    ),
  );
  // Another window is asked for, and glided to.
  const lanes_zoom_ms = (await cost(() => repeated(20, (n) => pressed(page, n % 2 === 0 ? 'w' : 's')))) / 20;
  await pressed(page, 'w');
  // What is asked for reaches beyond what is seen: so near, all is there, and painted anew when it rests.
  const lanes_ms = (await cost(() => repeated(10, (n) => nudged(page, n % 2 === 0 ? 40 : -40)))) / 10;
  const scrub_ms = await scrubbed(page, cost);
  // What is not laid out, CodeMirror does not draw.
  const display = (value) =>
    page.evaluate((to) => document.querySelector('.code')?.style.setProperty('display', to), value);
  await display('none');
  const scrub_without_source_ms = await scrubbed(page, cost);
  await display('');

  // After its end nothing runs: the source is that of the module that was chosen.
  const chosen = (file) =>
    page.evaluate((path) => {
      history.pushState(
        null,
        '',
        `?screen=cinema&level=line&t=1000000000000&module=${encodeURIComponent(path)}`,
      );
      dispatchEvent(new PopStateEvent('popstate'));
    }, `src/part0${file}/module${file}.ts`);
  await chosen(1);
  await rest(page);
  const before = await cpuOf(system);
  await chosen(0);
  await page.waitForFunction(isShown, LINES, { timeout: 60_000 });
  await frames(page, 2);
  const source_ms = (await cpuOf(system)) - before;
  // CodeMirror looks ahead while nobody does anything, for its colours.
  await rest(page);
  const source_ahead_ms = (await cpuOf(system)) - before - source_ms;
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  if (journal.problems.length > 0) throw new Error(journal.problems.join('\n'));
  return {
    shell_kb,
    map_redraw_ms: rounded(map_redraw_ms, 1),
    map_move_ms: rounded(map_move_ms, 1),
    lanes_ms: rounded(lanes_ms, 1),
    lanes_zoom_ms: rounded(lanes_zoom_ms, 1),
    window_bytes,
    scrub_ms: rounded(scrub_without_source_ms, 1),
    scrub_with_source_ms: rounded(scrub_ms, 1),
    source_ms: rounded(source_ms, 1),
    source_ahead_ms: rounded(source_ahead_ms, 1),
    heap_mb: rounded(usedSize / 2 ** 20, 1),
  };
}

/**
 * The playhead dragged along the ruler, a step a frame. The page moves it itself: by hand, a step would take as long as this script and the page take to tell each other,
 * and panels that follow at a pace of their own would be drawn for each step on a busy machine, and for every tenth on an idle one.
 */
async function scrubbed(page, cost) {
  const steps = 120;
  await page.mouse.move(400, 128);
  await page.mouse.down();
  const before = await page.locator('.playhead-time').first().textContent();
  const ms = await cost(() =>
    page.evaluate(async (left) => {
      const ruler = document.elementFromPoint(800, 128);
      for (let n = 0; n < left; n++) {
        await new Promise((done) => requestAnimationFrame(done));
        const clientX = 410 + (n % 60) * 10;
        ruler.dispatchEvent(
          new PointerEvent('pointermove', { pointerId: 1, bubbles: true, buttons: 1, clientX, clientY: 128 }),
        );
      }
    }, steps),
  );
  if ((await page.locator('.playhead-time').first().textContent()) === before)
    throw new Error('the playhead did not move');
  await page.mouse.up();
  await rest(page);
  return ms / steps;
}

/** The map moved by the wheel, a step a frame; what is drawn when it rests is left out. */
async function moved(page, cost) {
  const steps = 60;
  await rest(page);
  const ms = await cost(() =>
    page.evaluate(async (left) => {
      const canvas = document.elementFromPoint(600, 450);
      for (let n = 0; n < left; n++) {
        await new Promise((done) => requestAnimationFrame(done));
        canvas.dispatchEvent(
          new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaX: n % 20 < 10 ? 12 : -12 }),
        );
      }
    }, steps),
  );
  await rest(page);
  return ms / steps;
}

/** In the page: whether the source is a text of so many lines, 20 px each. */
function isShown(lines) {
  return (
    (document.querySelector('.code')?.shadowRoot?.querySelector('.cm-scroller')?.scrollHeight ?? 0) >=
    lines * 20
  );
}

async function repeated(times, act) {
  for (let n = 0; n < times; n++) await act(n);
}

async function nudged(page, px) {
  await page.mouse.wheel(px, 0);
  await rest(page);
}

async function pressed(page, key) {
  await page.keyboard.press(key);
  await rest(page);
}

async function frames(page, count) {
  await page.evaluate(async (left) => {
    for (let n = 0; n < left; n++) await new Promise((done) => requestAnimationFrame(done));
  }, count);
}

/** Nothing was asked for a while, nor is on its way; what the page listens to goes on for ever. */
async function rest(page) {
  const QUIET_MS = 400;
  const deadline = performance.now() + 300_000;
  let quietSince = performance.now();
  while (performance.now() - quietSince < QUIET_MS) {
    if (performance.now() > deadline)
      throw new Error(`still asking for ${[...onWay].map((one) => one.url())}`);
    await page.waitForTimeout(50);
    if (onWay.size > 0) quietSince = performance.now();
  }
  await frames(page, 3);
}

/** ms of processor time of all pages' processes: there is one page. */
async function cpuOf(system) {
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}
