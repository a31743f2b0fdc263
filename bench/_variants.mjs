// What `capture` compares: ways to record a call, how each is measured, and how to tell that it has recorded.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The tier of T2. */
const FULL_TRACE = 'full_trace';

/** Calls a burst: 120,000 words at most, half of a chunk. What is slow gets less, and needs fewer. */
const SIZE = 60_000;
const SLOW = 4_000;
const BURSTS = { size: SIZE, ms: 250 };

const appmap = path.join(
  path.dirname(createRequire(import.meta.url).resolve('appmap-node')),
  '../bin/appmap-node.js',
);

/**
 * says      for people
 * settings  see _capture.mjs; `way` is `program` unless told
 * tier      records with it
 * options   of `intellimap run`, for values
 * over      the variant whose time is taken off: the same program plain, measured alike
 * env, run  variables; a program in front of the driver
 * best      the best of the processes counts, in place of the median
 * recorded  reads what others left in files
 * check     whether as much was recorded as ran
 */
export function variantsOf(calls) {
  /** Few bursts to get warm, then all in one go: shared by both parts. */
  const go = { size: SIZE, ms: 0, go: calls / 2 };
  /** The profiler takes a sample a millisecond: it is seen in a second. */
  const long = { ...go, go: calls * 4 };
  return {
    plain: { says: 'plain', settings: BURSTS },
    plain_go: { says: 'plain, in one go', settings: go },
    plain_long: { says: 'plain, in one go, long', settings: long },
    ...ours(go),
    ...floors,
    ...others(long),
  };
}

const ours = (go) => ({
  gate_closed: {
    says: 'gates off (tier performance)',
    settings: { ...BURSTS, gate: 2 },
    tier: 'performance',
    over: 'plain',
    check: (found) => hasTwoWordsEach(found) && found.counted === 0,
  },
  gate_count: {
    says: 'gates count (tier performance)',
    settings: { ...BURSTS, gate: 1 },
    tier: 'performance',
    over: 'plain',
    check: (found) => hasTwoWordsEach(found) && found.counted === found.closedCalls,
  },
  t0: {
    says: 'T0, hit counts (tier minimal)',
    settings: BURSTS,
    tier: 'minimal',
    over: 'plain',
    check: ({ began, counted, calls }) => began === 0 && counted === calls,
  },
  t1: {
    says: 'T1, into the ring (tier performance)',
    settings: BURSTS,
    tier: 'performance',
    over: 'plain',
    check: hasTwoWordsEach,
  },
  t1_stream: {
    says: 'T1, all of it on disk, until flushed',
    settings: go,
    tier: 'performance',
    over: 'plain_go',
    check: hasTwoWordsEach,
  },
  // Without a budget: what every call costs whose values are kept, arguments and result. Few calls a burst: their texts have room to wait.
  t2: {
    says: `T2, all values (tier ${FULL_TRACE}, no budget)`,
    settings: { ...BURSTS, size: SLOW },
    tier: FULL_TRACE,
    options: { 'value-budget': 'calls=0,rate=0,bytes=0,share=0' },
    over: 'plain',
    check: ({ began, lost, calls, looks, letGo }) =>
      began === calls && lost === 0 && letGo === 0 && looks > calls,
  },
  t2_budget: {
    says: `T2, values within the budget (tier ${FULL_TRACE})`,
    settings: BURSTS,
    tier: FULL_TRACE,
    over: 'plain',
    check: ({ began, lost, calls, looks, letGo }) => began === calls && lost === 0 && looks > 0 && letGo > 0,
  },
});

/** ENTER and LEAVE of each call behind an open gate, and nothing lost. */
function hasTwoWordsEach({ began, ended, lost, calls }) {
  return began === calls && ended === calls && lost === 0;
}

const floors = Object.fromEntries(
  Object.entries({
    floor: 'cursor in shared memory',
    floor_published: 'cursor in a register, published',
    floor_register: 'cursor in a register',
  }).map(([floor, says]) => [
    floor,
    { says: `floor: ${says}`, settings: { ...BURSTS, way: 'floor', floor }, best: true },
  ]),
);

const others = (long) => ({
  performance_now: {
    says: 'performance.now(), twice',
    settings: { size: SLOW, ms: 150, way: 'times' },
    over: 'plain',
  },
  otel: {
    says: 'OpenTelemetry, a span, batched, dropped at export',
    settings: { size: SLOW, ms: 300, way: 'spans' },
    over: 'plain',
    check: ({ recorded, calls }) => recorded === calls,
  },
  // It keeps events in memory until the process ends, and writes them then: that does not count.
  appmap: {
    says: 'appmap-node, without writing its file',
    settings: { size: SLOW / 4, ms: 150 },
    run: [appmap],
    over: 'plain',
    recorded: callsInAppMap,
    check: ({ recorded, calls }) => recorded === calls,
  },
  cpu_profiler: {
    says: 'V8 CPU profiler, a sample a ms',
    settings: { ...long, way: 'profiler' },
    over: 'plain_long',
    check: ({ samples }) => samples > 0,
  },
  // c8 sets this variable and nothing else in the program: the package itself is not needed.
  c8: {
    says: 'V8 coverage, as c8 has it taken (NODE_V8_COVERAGE)',
    settings: BURSTS,
    env: (folder) => ({ NODE_V8_COVERAGE: path.join(folder, 'coverage') }),
    over: 'plain',
    recorded: countsInCoverage,
    check: ({ recorded, calls }) => recorded === calls,
  },
});

const filesIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));

function callsInAppMap(folder) {
  const { events } = filesIn(path.join(folder, 'tmp', 'appmap')).find((file) => file.events);
  return {
    recorded: events.filter(({ event, path: file }) => event === 'call' && /program/.test(file)).length,
  };
}

/** How often the program's functions ran: the first range of each is the whole function. */
function countsInCoverage(folder) {
  const scripts = filesIn(path.join(folder, 'coverage')).flatMap(({ result }) => result);
  const { functions } = scripts.find(({ url }) => url.endsWith('/program.cjs'));
  const named = functions.filter(({ functionName }) => /^(?!<)./.test(functionName));
  return { recorded: named.reduce((sum, { ranges }) => sum + ranges[0].count, 0) };
}
