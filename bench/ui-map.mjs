// node bench/ui-map.mjs [--files 620] [--workspace <folder>]
//
// What the map costs in a browser, in ms of processors a frame, script, painting and putting together: painted whole, and while the camera moves. Of
// a generated workspace of 20 functions a file, or of a recorded one. The last line is JSON, with the budgets that it is held against.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser, openPage } from '../e2e/_browser.mjs';
import { costOf } from './_browser-cost.mjs';
import { rounded } from './_figures.mjs';
import { generate } from './_generated.mjs';

/** ms a frame. */
const BUDGETS = { whole: 100, moving: 10 };
const CALLS = 400_000;
const PAINTINGS = 30;
const MOVES = 200;

const { values: options } = parseArgs({
  options: { files: { type: 'string', default: '620' }, workspace: { type: 'string' } },
});
const cli = fileURLToPath(new URL('../packages/intellimap/dist/cli/main.js', import.meta.url));
const scratch =
  options.workspace === undefined ? fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-ui-map-')) : null;
const root = options.workspace ?? scratch;
if (scratch !== null) {
  fs.writeFileSync(path.join(scratch, 'package.json'), '{"name":"generated","private":true}');
  generate(scratch, '20260101-000000-many', CALLS, Number(options.files));
}
const server = spawn(process.execPath, [cli, 'open', '--no-browser'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser;
try {
  const address = await printed(server);
  browser = await openBrowser();
  const { page, journal } = await openPage(browser);
  await page.goto(address);
  await page.goto(new URL('/?screen=map', address).href);
  await page.locator('.map-canvas .scene').waitFor({ timeout: 120_000 });
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
  const figures = await page.locator('.map-inspector dl').innerText();
  // At rest, nothing is painted; what the page does all the same is taken off.
  const idle = await costOf(10, () => page.waitForTimeout(300));
  const whole = await costOf(PAINTINGS, async (n) => {
    await page.keyboard.press(n % 2 === 0 ? 'a' : 'd');
    await page.waitForTimeout(300);
  });
  const moving = await costOf(1, () => page.evaluate(move, MOVES));
  const heapMb = await page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20);
  const cost = {
    whole: sum(whole) - sum(idle),
    moving: sum(moving) / MOVES,
  };
  console.error(figures.replaceAll('\n', ' '));
  console.log(
    JSON.stringify({
      wholeMs: rounded(cost.whole),
      wholeRendererMs: rounded(whole.renderer - idle.renderer),
      movingMs: rounded(cost.moving),
      movingRendererMs: rounded(moving.renderer / MOVES),
      heapMb: rounded(heapMb),
      budgets: BUDGETS,
      problems: journal.problems,
      passes: cost.whole <= BUDGETS.whole && cost.moving <= BUDGETS.moving,
    }),
  );
} finally {
  await browser?.close();
  server.kill('SIGINT');
  await new Promise((done) => (server.exitCode === null ? server.once('exit', done) : done()));
  if (scratch !== null) fs.rmSync(scratch, { recursive: true, force: true });
}

function sum({ renderer, gpu }) {
  return renderer + gpu;
}

/** In the page: the wheel is turned once a frame, forth and back, so that the camera never rests. */
function move(times) {
  const scene = document.querySelector('.map-canvas .scene');
  return new Promise((done) => {
    let n = 0;
    const step = () => {
      const deltaX = n % 80 < 40 ? 6 : -6;
      scene.dispatchEvent(
        new WheelEvent('wheel', { deltaX, bubbles: true, cancelable: true, clientX: 600, clientY: 450 }),
      );
      if (++n < times) requestAnimationFrame(step);
      else done();
    };
    requestAnimationFrame(step);
  });
}

/** The address that a server prints when it is ready. */
async function printed({ stdout }) {
  for await (const text of stdout.setEncoding('utf8')) {
    const address = /http:\/\/\S+/.exec(text)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('intellimap open has ended');
}
