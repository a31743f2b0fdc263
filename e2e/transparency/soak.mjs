/**
 * A long run under load: the shop, plain and recorded, gets the same requests at the same time. After each round both collect their
 * garbage and tell what they hold. A recorder that keeps something for each call, error or request shows as a heap that grows away.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, consumer, execute, intellimapBin } from '../_consumer.mjs';

const shop = fileURLToPath(new URL('../../samples/shop', import.meta.url));
const measure = fileURLToPath(new URL('soak/measure.cjs', import.meta.url));

const REQUESTS = 4000;
/** Rounds before the first figure counts: caches fill, code is compiled. */
const WARM_UP = 3;
const HEAP_LIMIT = 1.05;

/** @param {string[]} argv minutes (default 10) */
export async function runSoak([minutes = '10']) {
  const until = performance.now() + Number(minutes) * 60_000;
  const cwd = mkdtempSync(join(consumer(), 'soak-'));
  cpSync(shop, cwd, { recursive: true, filter: (path) => !path.includes('.intellimap') });
  if (!existsSync(join(cwd, 'node_modules'))) {
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd, stdio: 'inherit' });
    if (status !== 0) throw new Error(`npm ci failed in ${cwd}`);
  }
  const server = [process.execPath, '--require', measure, 'src/main.mjs'];
  const sides = [
    await start('plain', server, cwd),
    await start('recorded', [intellimapBin(), 'run', '--no-summary', '--', ...server], cwd),
  ];
  try {
    for (let round = 1; performance.now() < until || round <= WARM_UP + 1; round += 1) {
      await Promise.all(sides.map((side) => load(side, round, cwd)));
      const [plain, recorded] = await Promise.all(sides.map(look));
      console.log(
        `  round ${round}: heap ${mib(plain.heapUsed)} plain, ${mib(recorded.heapUsed)} recorded (× ${(recorded.heapUsed / plain.heapUsed).toFixed(3)}); open files ${plain.files}, ${recorded.files}`,
      );
    }
  } finally {
    for (const { child } of sides) child.kill('SIGTERM');
  }
  await Promise.all(sides.map(({ ended }) => ended));
  return judge(...sides.map(({ looks }) => looks.slice(WARM_UP)));
}

async function start(name, [command, ...words], cwd) {
  const file = join(cwd, `measures-${name}.ndjson`);
  const child = spawn(command, words, {
    cwd,
    env: cleanEnvironment({ PORT: '0', SOAK_MEASURES: file }),
    // The shop logs its failed requests.
    stdio: ['ignore', 'pipe', openSync(join(cwd, `log-${name}.ndjson`), 'w')],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^shop listening on (\S+)$/.exec(line)?.[1];
    if (url) return { name, child, ended, file, url, looks: [] };
  }
  throw new Error(
    `the ${name} shop did not start:\n${readFileSync(join(cwd, `log-${name}.ndjson`), 'utf8')}`,
  );
}

async function load({ url, name }, round, cwd) {
  const words = ['load/drive.mjs', '--url', url, '--seed', `${round}`, '--requests', `${REQUESTS}`];
  const { code, stdout } = await execute(
    process.execPath,
    [...words, '--think-ms', '0', '--concurrency', '24'],
    {
      cwd,
      timeout: 600_000,
    },
  );
  if (code !== 0) throw new Error(`the ${name} shop answered wrongly:\n${stdout}`);
}

/** What a side holds now. The recorder passes the signal on. */
async function look({ child, file, looks }) {
  child.kill('SIGUSR2');
  for (let tries = 0; tries < 200; tries += 1) {
    await sleep(50);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    if (lines.length <= looks.length) continue;
    looks.push(JSON.parse(lines.at(-1)));
    return looks.at(-1);
  }
  throw new Error('the shop did not tell what it holds');
}

function judge(plain, recorded) {
  const last = (looks, key) => looks.at(-1)[key];
  const ratio = last(recorded, 'heapUsed') / last(plain, 'heapUsed');
  const growth = (looks) => last(looks, 'heapUsed') - looks[0].heapUsed;
  const findings = {
    [`heap × ${ratio.toFixed(3)} of plain`]: ratio <= HEAP_LIMIT,
    [`heap grew by ${mib(growth(recorded))}, plain by ${mib(growth(plain))}`]:
      growth(recorded) <= Math.max(growth(plain), 0) + 0.02 * last(plain, 'heapUsed'),
    [`open files ${recorded[0].files} → ${last(recorded, 'files')}`]:
      recorded[0].files >= last(recorded, 'files'),
    [`handles ${JSON.stringify(fewest(recorded))}`]:
      JSON.stringify(fewest(recorded)) === JSON.stringify(fewest(plain)) &&
      JSON.stringify(fewest(recorded)) === JSON.stringify(fewest(laterHalf(recorded))),
  };
  const counts = { same: 0, different: 0, skipped: 0 };
  for (const [finding, good] of Object.entries(findings)) {
    counts[good ? 'same' : 'different'] += 1;
    console.log(`  ${good ? 'same     ' : 'DIFFERENT'}  ${finding}`);
  }
  return counts;
}

/** Timers and sockets come and go with requests: of each kind of handle, as many as there always were. */
function fewest(looks) {
  const kinds = new Set(looks.flatMap(({ handles }) => Object.keys(handles)));
  const counts = [...kinds].map((kind) => [
    kind,
    Math.min(...looks.map(({ handles }) => handles[kind] ?? 0)),
  ]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const laterHalf = (looks) => looks.slice(Math.floor(looks.length / 2));

const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MiB`;
