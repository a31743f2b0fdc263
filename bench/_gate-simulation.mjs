// Builds that never ran: facts with noise of a known kind, put through the gate as real ones are.
import { judge, wantsMore } from '../packages/intellimap/dist/gates/index.js';
import { DEFAULTS } from '../packages/intellimap/dist/base/settings/index.js';

const TASKS = 8;

const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
/** Student's t of 3 degrees, of variance 1. */
const heavy = () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3) / Math.sqrt(3);

/** What a run is slower by, in the logarithm: `pair` both runs of a pair have, `run` only one. Each of these is made anew for a comparison. */
export const NOISES = {
  'log-normal': () => ({ pair: () => 0.1 * normal(), run: (sd) => sd * normal() }),
  'heavy tails': () => ({ pair: () => 0.1 * heavy(), run: (sd) => sd * heavy() }),
  drift: () => {
    let speed = 0;
    // The machine becomes slower, pair by pair, and within each: whoever comes second is slower.
    return { pair: () => (speed += 0.02 * heavy()), run: (sd) => sd * normal(), second: () => 0.01 };
  },
  'two modes': () => ({
    pair: () => (Math.random() < 0.3 ? 0.35 : 0),
    run: (sd) => sd * normal() + (Math.random() < 0.05 ? 3 * sd : 0),
  }),
};

/** Facts of two builds in pairs. @param slower logarithm of what the candidate takes more */
function pairsOf(noise, sd, count, slower) {
  const { pair, run, second = () => 0 } = noise;
  const names = Array.from({ length: TASKS }, (_, at) => `request GET /${at}`);
  const base = [];
  const candidate = [];
  for (let at = 0; at < count; at++) {
    const common = pair();
    const isFirst = Math.random() < 0.5;
    const late = second();
    base.push(oneRun(common + (isFirst ? 0 : late), () => run(sd), names));
    candidate.push(oneRun(common + slower + (isFirst ? late : 0), () => run(sd), names));
  }
  return { base: factsOf(base, names), candidate: factsOf(candidate, names) };
}

function oneRun(common, noise, names) {
  // Most of what disturbs a run disturbs all of it.
  const own = noise();
  return {
    main: 500 * Math.exp(common + own),
    tasks: names.map((_, at) => ({
      busy: (1 + at) * Math.exp(common + own + noise() * 0.7),
      p95: (3 + at) * Math.exp(common + own + noise() * 3),
    })),
  };
}

function factsOf(runs, names) {
  const column = (of) => runs.map(of);
  const tasks = names.map((name, at) => [
    name,
    {
      path: 'src/app.ts',
      line: 1,
      count: column(() => 100),
      busyMs: column(({ tasks }) => tasks[at].busy),
      p50Ms: column(({ tasks }) => tasks[at].busy),
      p95Ms: column(({ tasks }) => tasks[at].p95),
      p99Ms: column(({ tasks }) => tasks[at].p95),
      calls: column(() => 10),
      awaits: column(() => 2),
      queries: {},
    },
  ]);
  const heads = runs.map(({ main }, at) => ({
    id: `r${at}`,
    startedAt: at,
    durationMs: main,
    exitCode: 0,
    signal: null,
    complete: true,
    tasksWhole: true,
    mainMs: main,
    cpuMs: main,
    workers: 0,
  }));
  return { runs: heads, functions: {}, idle: [], errors: {}, tasks: Object.fromEntries(tasks) };
}

const head = (name, facts) => ({
  name,
  commit: null,
  dirty: null,
  node: 'v20',
  platform: 'linux x64',
  machine: '2 × any',
  command: ['node', 'app.js'],
  runs: facts.runs.map(({ id }) => id),
});

/** The gate over facts of two builds. @param looks how often it is asked in all */
export function verdictOf(base, candidate, design, looks) {
  const comparison = {
    base,
    candidate,
    baseHead: head('baseline', base),
    candidateHead: head('this build', candidate),
    design,
    settings: DEFAULTS.gate,
    looks,
    exists: () => true,
    changed: null,
  };
  return judge(comparison, { id: 'bench', intellimap: 'bench', only: ['times'] });
}

const first = (facts, count) => ({
  ...facts,
  runs: facts.runs.slice(0, count),
  functions: Object.fromEntries(
    Object.entries(facts.functions).map(([id, each]) => [
      id,
      { ...each, hits: each.hits.slice(0, count), selfMs: each.selfMs.slice(0, count) },
    ]),
  ),
  tasks: Object.fromEntries(
    Object.entries(facts.tasks).map(([name, each]) => [
      name,
      Object.fromEntries(
        Object.entries(each).map(([what, column]) => [
          what,
          Array.isArray(column) ? column.slice(0, count) : column,
        ]),
      ),
    ]),
  ),
});

/** As `gate run` goes about it: some pairs, and more where they do not decide. */
export function gateOver({ base, candidate }, design) {
  const { times, timesMost } = DEFAULTS.gate;
  const early = verdictOf(first(base, times), first(candidate, times), design, 2);
  if (!wantsMore(early, DEFAULTS.gate, 2) || base.runs.length < timesMost) return { ...early, pairs: times };
  return { ...verdictOf(base, candidate, design, 2), pairs: timesMost };
}

/** Shares of verdicts in so many comparisons. @param sd of a run, in the logarithm @param growth of the candidate */
export function simulate(name, sd, growth, repetitions) {
  const counts = { pass: 0, fail: 0, unsure: 0 };
  let pairs = 0;
  for (let at = 0; at < repetitions; at++) {
    const facts = pairsOf(NOISES[name](), sd, DEFAULTS.gate.timesMost, Math.log(1 + growth));
    const report = gateOver(facts, 'together');
    counts[report.verdict]++;
    pairs += report.pairs;
  }
  return { ...counts, pairs: pairs / repetitions };
}
