/** The options of `intellimap run`: what can be said, and what a run is then asked for. Pure. */
import { availableParallelism } from 'node:os';
import { ringWordsFor } from '@intellimap/probe/wire';
import { ExitCode, Fault } from '../base/fault.ts';
import { GATE_STATES, POLICIES, type RunFile, type Tier } from '../base/recording.ts';
import { globProblem, patternsOf } from '../load/globs.ts';
import { DEFAULTS } from '../base/settings/index.ts';
import { flagsWanted } from './flags.ts';
import { type Call, type OptionHelp, percentOf, positive, sampleRate, wholeNumber } from './command.ts';
import { v8Help, v8Options, v8Wanted } from './v8-options.ts';
import { valueHelp, valueOptions, valuesWanted } from './values.ts';

/** Processes recorded at a time, at least, unless somebody says otherwise. */
const MIN_PROCESSES = 64;
/** The largest ring, in MiB. */
const MAX_RING_MIB = 1024;
/** Ring words in a MiB. */
const MIB_WORDS = 2 ** 18;

export const TIERS: Record<string, Tier> = {
  minimal: 'minimal',
  t0: 'minimal',
  edges: 'edges',
  performance: 'performance',
  t1: 'performance',
  state_only: 'performance',
  full_trace: 'performance',
  t2: 'performance',
};
/** Short names of tiers that ask for more, or less, than calls. */
const STRATEGIES: Record<string, string> = { t0: 'minimal', t2: 'full_trace' };

export const runOptions = {
  include: { type: 'string', multiple: true },
  exclude: { type: 'string', multiple: true },
  tier: { type: 'string' },
  ...valueOptions,
  ...v8Options,
  gates: { type: 'string' },
  flight: { type: 'string' },
  policy: { type: 'string' },
  budget: { type: 'string' },
  plan: { type: 'string' },
  ring: { type: 'string' },
  processes: { type: 'string' },
  'keep-slower': { type: 'string' },
  'keep-on': { type: 'string' },
  sample: { type: 'string' },
  flags: { type: 'boolean' },
  label: { type: 'string', multiple: true },
  gc: { type: 'boolean' },
  'no-gc': { type: 'boolean' },
  'no-links': { type: 'boolean' },
  links: { type: 'boolean' },
  'no-resources': { type: 'boolean' },
  resources: { type: 'boolean' },
  json: { type: 'boolean' },
  open: { type: 'boolean' },
  collect: { type: 'boolean' },
  'no-collect': { type: 'boolean' },
  'no-summary': { type: 'boolean' },
  summary: { type: 'boolean' },
} as const;

export const runHelp: OptionHelp[] = [
  {
    usage: '--include <glob>',
    text: 'also instrument these files (relative to the workspace; repeatable)',
  },
  { usage: '--exclude <glob>', text: 'leave these files alone (wins over --include; repeatable)' },
  {
    usage: '--tier <tier>',
    text: 'performance: every call, timed (default); edges: how often which function called which; minimal: hit counts only; full_trace, state_only: --values or --state for all functions',
  },
  ...valueHelp,
  ...v8Help,
  {
    usage: '--gates <state>',
    text: 'what functions begin with: open (default), count, off; "intellimap trace" opens them later',
  },
  {
    usage: '--budget <percent>',
    text: 'what recording may take of the processors, in percent of what the program takes: functions that are called most are then counted, for others to be told',
  },
  {
    usage: '--plan <file>',
    text: 'what is recorded of each function, as "intellimap plan --json" chose it; its tier and its budget, unless they are given',
  },
  {
    usage: '--flight <MiB>',
    text: 'a flight recorder: so much a thread is held in memory, and written down when something happens (an uncaught error, an exit code, "intellimap keep")',
  },
  {
    usage: '--keep-slower <ms|p99>',
    text: 'the flight recorder also keeps when a request takes longer, or longer than 99 of 100 of the same route',
  },
  {
    usage: '--keep-on <signal>',
    text: 'SIGUSR1 or SIGUSR2, sent to intellimap itself, makes the flight recorder keep; the program does not get it',
  },
  {
    usage: '--policy <policy>',
    text: 'when the recorder is late: wait, the program waits for it (default); drop, what comes then is dropped and counted',
  },
  {
    usage: '--ring <MiB>',
    text: 'memory between a thread and the recorder: a power of two, 2 or more (default 4)',
  },
  {
    usage: '--processes <n>',
    text: `how many processes are recorded at a time; those that start beyond run as they are, and are counted (default ${MIN_PROCESSES}, or twice the processors)`,
  },
  {
    usage: '--sample <rate|auto>',
    text: 'keeps this share of the tasks (requests), each whole: 0.1 is one of ten; auto: as many as fit into 256 KiB a second of a process on disk',
  },
  {
    usage: '--flags',
    text: 'tell feature flags: what functions such as isEnabled("…") or variation("…") answer, and variables that the source names',
  },
  {
    usage: '--label <name>',
    text: 'a name for what the run is: prod, test, before … (repeatable); analyses compare runs by it',
  },
  {
    usage: '--gc',
    text: 'also tell garbage collections; the program may notice: async ids, and immediates of Node after each',
  },
  {
    usage: '--no-links',
    text: 'do not tell who scheduled timers and other callbacks (saves up to 0.5 µs each)',
  },
  {
    usage: '--no-resources',
    text: 'do not tell which requests the program makes (fetch, http.request)',
  },
  { usage: '--json', text: 'the summary as JSON (on standard error)' },
  {
    usage: '--collect',
    text: 'pages that intellimap/vite built, and OpenTelemetry, may send to this run, as to "intellimap collect"; by itself once there is such a build, but with --no-collect',
  },
  { usage: '--open', text: 'shows the run in a browser when it has ended, until Ctrl-C' },
  { usage: '--no-summary', text: 'say nothing at the end; "intellimap report" tells it later' },
  {
    usage: '--no-gc, --links, --resources, --summary',
    text: 'turn back what intellimap.config.* says; for options with a value, the word none does ("--budget none")',
  },
];

/** What a run file says because somebody asked for it. */
type AskedFile = Pick<
  RunFile,
  | 'command'
  | 'tier'
  | 'gates'
  | 'policy'
  | 'processes'
  | 'flight'
  | 'budget'
  | 'values'
  | 'v8'
  | 'keepSlower'
  | 'sample'
  | 'flags'
  | 'labels'
  | 'gc'
  | 'links'
  | 'resources'
  | 'include'
  | 'exclude'
  | 'patterns'
>;

export interface Asked {
  file: AskedFile;
  /** A signal to the recorder that makes the flight recorder keep. */
  keepOn?: 'SIGUSR1' | 'SIGUSR2' | undefined;
  ring?: Ring | undefined;
}

interface Ring {
  mib: number;
  /** What becomes of it: a power of two. */
  words: number;
  roundedMib: number;
}

/**
 * @param planned a plan says whose values are wanted
 * @throws Fault for what the user can mend. Nothing has been done by then.
 */
export function askedFor(
  values: Call['values'],
  command: string[],
  flagFunctions: readonly string[] = DEFAULTS.flags.functions,
  planned = false,
): Asked {
  if (command.length === 0)
    throw new Fault(
      ExitCode.USAGE,
      'there is no command to record',
      'for example: intellimap run -- node app.js',
    );
  const tierName = String(values['tier'] ?? 'performance').toLowerCase();
  const tier = TIERS[tierName];
  if (tier === undefined)
    throw new Fault(
      ExitCode.USAGE,
      `unknown tier "${values['tier'] as string}"`,
      'tiers: performance, edges, minimal, state_only, full_trace',
    );
  const wanted = values['flags'] ? flagsWanted(flagFunctions, process.env) : undefined;
  const flight = positive('--flight', values['flight']);
  const include = globs(values['include']);
  const exclude = globs(values['exclude']);
  const file: AskedFile = {
    command,
    tier,
    gates: oneOf(values['gates'] ?? 'open', GATE_STATES, 'state of gates', 'states'),
    policy: oneOf(values['policy'] ?? 'wait', POLICIES, 'policy', 'policies'),
    processes: processLimit(values['processes']),
    ...defined({
      flight: flight && Math.ceil(flight * 2 ** 20),
      budget: percentOf('--budget', values['budget']),
      values: valuesWanted(values, STRATEGIES[tierName] ?? tierName, wanted && [wanted.pattern], planned),
      flags: wanted?.flags,
      v8: v8Wanted(values),
      keepSlower: slowness(values['keep-slower'], flight),
      sample: sampling(values, tier),
      labels: labels(values['label']),
      gc: values['gc'] ? true : undefined,
      links: values['no-links'] ? false : undefined,
      resources: values['no-resources'] ? false : undefined,
    }),
    include,
    exclude,
    patterns: { include: patternsOf(include), exclude: patternsOf(exclude) },
  };
  return { file, keepOn: keepOn(values['keep-on'], flight), ring: ringOf(values['ring']) };
}

/** Without what was not given. */
const defined = <Given extends object>(given: Given): { [Key in keyof Given]?: NonNullable<Given[Key]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given;

function oneOf<Name extends string>(
  value: NonNullable<Call['values'][string]>,
  names: readonly Name[],
  what: string,
  plural: string,
): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw new Fault(ExitCode.USAGE, `unknown ${what} "${value.toString()}"`, `${plural}: ${names.join(', ')}`);
}

/** Test runners start a process for each processor, and some to look after them. */
function processLimit(value: Call['values'][string]): number {
  const given = wholeNumber('--processes', value);
  if (given === 0) throw new Fault(ExitCode.USAGE, '--processes takes a number above 0');
  return given ?? Math.max(MIN_PROCESSES, 2 * availableParallelism());
}

function slowness(value: Call['values'][string], flight: number | undefined): number | 'p99' | undefined {
  if (value === undefined) return undefined;
  needFlight('--keep-slower', flight);
  return value === 'p99' ? 'p99' : positive('--keep-slower', value);
}

function keepOn(value: Call['values'][string], flight: number | undefined): Asked['keepOn'] {
  if (value === undefined) return undefined;
  needFlight('--keep-on', flight);
  if (value === 'SIGUSR1' || value === 'SIGUSR2') return value;
  throw new Fault(ExitCode.USAGE, `--keep-on takes SIGUSR1 or SIGUSR2, not "${value.toString()}"`);
}

/** Tasks are told apart by turns. */
function sampling(values: Call['values'], tier: Tier): RunFile['sample'] {
  const sample = sampleRate(values['sample']);
  if (sample !== undefined && (tier !== 'performance' || values['no-links']))
    throw new Fault(
      ExitCode.USAGE,
      '--sample needs to know who scheduled what',
      'leave out --no-links and --tier',
    );
  return sample;
}

const MAX_LABEL = 64;

function labels(value: Call['values'][string]): string[] | undefined {
  const list = (value ?? []) as string[];
  for (const label of list)
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._/:+-]*$/u.test(label) || label.length > MAX_LABEL)
      throw new Fault(
        ExitCode.USAGE,
        `bad label "${label}"`,
        `a label begins with a letter or digit, goes on with these and . _ / : + -, and has at most ${MAX_LABEL} characters`,
      );
  return list.length === 0 ? undefined : [...new Set(list)].toSorted();
}

function needFlight(option: string, flight: number | undefined): void {
  if (flight === undefined)
    throw new Fault(ExitCode.USAGE, `${option} is for a flight recorder`, 'add --flight <MiB>');
}

function ringOf(value: Call['values'][string]): Ring | undefined {
  const mib = positive('--ring', value);
  if (mib === undefined) return undefined;
  const words = ringWordsFor(Math.min(mib, MAX_RING_MIB) * MIB_WORDS);
  return { mib, words, roundedMib: words / MIB_WORDS };
}

function globs(value: Call['values'][string]): string[] {
  const list = (value ?? []) as string[];
  for (const glob of list) {
    const problem = globProblem(glob);
    if (problem)
      throw new Fault(
        ExitCode.USAGE,
        `bad glob: ${problem}`,
        "quote globs for the shell: --include 'node_modules/x/**'",
      );
  }
  return list;
}
