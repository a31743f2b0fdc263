// node bench/_capture.mjs <settings as JSON>: one measurement of `capture`, in this process. The last line is JSON: ns a call of each part, and how
// many calls were made. Run by capture.mjs, under a recorder or not.
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { bestOfBursts, inOneGo, partsOf } from './_calls.mjs';

/**
 * way      how the program comes to run: a key of WAYS
 * program  its file
 * size     calls a burst: with the words of all, far less than a chunk of the ring
 * ms       how long bursts go on, for each part
 * go       calls in one go, for each part; 0 for none
 * gate     closed with this before the measurement, when the code is hot
 */
const settings = JSON.parse(process.argv[2]);
const { way, program, size, ms, go = 0, gate } = settings;
const WARM_MS = 150;
const registry = globalThis[Symbol.for('intellimap.probe.1')];

/** Each makes parts, and what is to be done between bursts (`flush`); `done` tells more about the measurement. */
const WAYS = {
  /** As it is: plain, or under whatever records this process. */
  program: () => ({ parts: partsOf(createRequire(program)(program), size), flush: () => registry?.flush() }),
  async floor() {
    const { floorPart } = await import('./_floor.mjs');
    return { parts: [floorPart(settings.floor, size)] };
  },
  async spans() {
    const { spanProbes } = await import('./capture/otel.mjs');
    const { probes, flush, exported } = spanProbes();
    // One is the module's own.
    const done = async () => (await flush(), { recorded: exported() - 1 });
    return { parts: await replaced(probes), flush, done };
  },
  /** What a recorder with a clock of its own pays at least: both times read, and kept. */
  async times() {
    const times = new Float64Array(1 << 20);
    let at = 0;
    const take = (word) => {
      times[at++ & ((1 << 20) - 1)] = performance.now();
      return word | 2;
    };
    const both = (word) => {
      take(word);
      take(word);
    };
    return { parts: await replaced({ e: take, l: take, a: both }) };
  },
  profiler() {
    const session = new inspector.Session();
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.start');
    let samples = 0;
    const done = () => {
      session.post('Profiler.stop', (_error, { profile }) => (samples = profile.samples.length));
      return { samples };
    };
    return { ...WAYS.program(), done };
  },
};

async function replaced(probes) {
  const { replace } = await import('./_replaced.mjs');
  return partsOf(replace(program, settings.code, probes), size);
}

const { parts, flush = () => {}, done = () => ({}) } = await WAYS[way]();
const result = { burst: {}, go: {}, calls: 0, closedCalls: 0 };
for (const part of parts) {
  // Warm behind an open gate first: a gate is closed while a program runs.
  result.calls += (await bestOfBursts(part, { ms: WARM_MS, between: flush })).calls;
  if (gate !== undefined) {
    const gates = vm.runInThisContext('$imG');
    gates.fill(gate);
    result.closedCalls += (await bestOfBursts(part, { ms: WARM_MS, between: flush })).calls;
    const { ns, calls } = await bestOfBursts(part, { ms, between: flush });
    result.burst[part.name] = ns;
    result.closedCalls += calls;
    gates.fill(0);
    continue;
  }
  const { ns, calls } = await bestOfBursts(part, { ms, between: flush });
  result.burst[part.name] = ns;
  result.calls += calls;
  if (go === 0) continue;
  await flush();
  let isFlushed;
  const whole = inOneGo(part, go, () => (isFlushed = registry?.flush() ?? true));
  if (!isFlushed) throw new Error('not flushed');
  result.go[part.name] = whole.ns;
  result.calls += whole.calls;
}
console.log(JSON.stringify({ ...result, ...(await done()), node: process.version }));
