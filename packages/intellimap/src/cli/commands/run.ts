/** `intellimap run`: records a command and says what it did. */
import { realpathSync, rmSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { ringWordsFor } from '@intellimap/probe/wire';
import { explainFileError, ExitCode, Fault } from '../../base/fault.ts';
import { RECORDING_VERSION, type RunFile, type Tier } from '../../base/recording.ts';
import { globProblem, patternsOf } from '../../load/globs.ts';
import { createRunFolder, newRunId, recordingsFolder, writeRunFile } from '../../record/folder.ts';
import { gitFacts } from '../../record/git.ts';
import { calibrate } from '../calibrate.ts';
import { type Exited, launch, type Launch } from '../../record/launch.ts';
import { runSummary } from '../../query/index.ts';
import { attach } from '../../runtime/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { type Call, type Command, positive, wholeNumber } from '../command.ts';
import { version } from '../help.ts';
import { planOf } from '../plan.ts';
import { withRun } from '../session.ts';
import { valueHelp, valueOptions, valuesWanted } from '../values.ts';
import { JSON_ROWS, renderSummary } from '../summary.ts';

/** Rows of each list in the summary. */
const ROWS = 5;

/** Processes recorded at a time, at least, unless somebody says otherwise. */
const MIN_PROCESSES = 64;
/** The largest ring, in MiB. */
const MAX_RING_MIB = 1024;
/** Ring words in a MiB. */
const MIB_WORDS = 2 ** 18;

const TIERS: Record<string, Tier> = {
  minimal: 'minimal',
  t0: 'minimal',
  performance: 'performance',
  t1: 'performance',
  state_only: 'performance',
  full_trace: 'performance',
  t2: 'performance',
};

export const run: Command = {
  name: 'run',
  usage: '[options] [--] <command…>',
  summary: 'Records a command and everything it starts, then says what it did.',
  details: [
    'The command runs as always: same output, same input, same signals, same exit code. Node processes and worker',
    'threads below it are recorded too. The summary goes to standard error when it has ended.',
    '',
    '  intellimap run -- node app.js',
    '  intellimap run -- npm test',
    "  intellimap run --include 'node_modules/express/**' -- node server.js",
    "  intellimap run --values 'src/cart.ts#Cart.total' -- node app.js",
  ].join('\n'),
  options: {
    include: { type: 'string', multiple: true },
    exclude: { type: 'string', multiple: true },
    tier: { type: 'string' },
    ...valueOptions,
    gates: { type: 'string' },
    flight: { type: 'string' },
    policy: { type: 'string' },
    budget: { type: 'string' },
    ring: { type: 'string' },
    processes: { type: 'string' },
    'keep-slower': { type: 'string' },
    'keep-on': { type: 'string' },
    gc: { type: 'boolean' },
    'no-links': { type: 'boolean' },
    json: { type: 'boolean' },
    'no-summary': { type: 'boolean' },
  },
  help: [
    {
      usage: '--include <glob>',
      text: 'also instrument these files (relative to the workspace; repeatable)',
    },
    { usage: '--exclude <glob>', text: 'leave these files alone (wins over --include; repeatable)' },
    {
      usage: '--tier <tier>',
      text: 'performance: every call, timed (default); minimal: hit counts only; full_trace, state_only: --values or --state for all functions',
    },
    ...valueHelp,
    {
      usage: '--gates <state>',
      text: 'what functions begin with: open (default), count, off; "intellimap trace" opens them later',
    },
    {
      usage: '--budget <percent>',
      text: 'what recording may take of the processors, in percent of what the program takes: functions that are called most are then counted, for others to be told',
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
      usage: '--gc',
      text: 'also tell garbage collections; the program may notice: async ids, and immediates of Node after each',
    },
    {
      usage: '--no-links',
      text: 'do not tell who scheduled timers and other callbacks (saves up to 0.5 µs each)',
    },
    { usage: '--json', text: 'the summary as JSON (on standard error)' },
    { usage: '--no-summary', text: 'say nothing at the end; "intellimap report" tells it later' },
  ],
  passThrough: true,

  async run({ values, positionals: command, out, cwd }: Call): Promise<number> {
    const file = await describeRun(values, command, cwd, out);
    const onSignal = keepSignal(values['keep-on'], file, out);
    const folder = makeFolder(file);
    const {
      tier,
      gates,
      flight,
      policy,
      gc,
      links,
      keepSlower,
      processes,
      budget,
      cost,
      values: wanted,
    } = file;
    const ring = ringWords(values['ring'], out);
    const ending = await launch({
      command,
      cwd,
      runDir: folder,
      tier,
      gates,
      flight,
      policy,
      keepSlower,
      gc,
      onSignal,
      links,
      ringWords: ring,
      processes,
      budget,
      cost,
      values: wanted,
    });
    if (ending.kind === 'failed') {
      rmSync(folder, { recursive: true, force: true });
      throw startFault(command[0], ending.error);
    }
    recordEnding(folder, file, ending);
    if (!values['no-summary']) {
      // Whatever goes wrong from here on concerns the summary: the program has run, and its exit code stands.
      await summarise(file, Boolean(values['json']), out).catch((error: unknown) => {
        const advice = error instanceof Fault && error.advice ? `\n  ${error.advice}` : '';
        out.say(
          `intellimap: the recording is kept in ${folder}, but there is no summary: ${(error as Error).message}${advice}`,
        );
      });
    }
    return passOn(ending);
  },
};

async function describeRun(
  values: Call['values'],
  command: string[],
  cwd: string,
  out: Call['out'],
): Promise<RunFile> {
  if (command.length === 0)
    throw new Fault(
      ExitCode.USAGE,
      'there is no command to record',
      'for example: intellimap run -- node app.js',
    );
  const tierName = String(values['tier'] ?? 'performance');
  const tier = TIERS[tierName.toLowerCase()];
  if (tier === undefined)
    throw new Fault(
      ExitCode.USAGE,
      `unknown tier "${tierName}"`,
      'tiers: performance, minimal, state_only, full_trace',
    );
  const gates = String(values['gates'] ?? 'open');
  if (gates !== 'open' && gates !== 'count' && gates !== 'off')
    throw new Fault(ExitCode.USAGE, `unknown state of gates "${gates}"`, 'states: open, count, off');
  const flight = positive('--flight', values['flight']);
  const policy = String(values['policy'] ?? 'wait');
  if (policy !== 'wait' && policy !== 'drop')
    throw new Fault(ExitCode.USAGE, `unknown policy "${policy}"`, 'policies: wait, drop');
  const budget = positive('--budget', values['budget']);
  const cost = budget === undefined ? undefined : calibrate();
  const wanted = valuesWanted(
    values,
    tierName.toLowerCase().replace(/^t2$/, 'full_trace').replace(/^t0$/, 'minimal'),
  );
  const include = globs(values['include']);
  const exclude = globs(values['exclude']);
  const root = findRoot(cwd);
  const asked = { command, cwd: realpathSync(cwd), root, tier };
  const plan = await planOf({ ...asked, budget, cost }, out);
  const now = new Date();
  return {
    version: RECORDING_VERSION,
    id: newRunId(now),
    ...asked,
    gates,
    policy,
    processes: processLimit(values['processes']),
    ...(flight === undefined ? {} : { flight: Math.ceil(flight * 2 ** 20) }),
    ...(budget === undefined ? {} : { budget }),
    ...(cost === undefined ? {} : { cost }),
    ...(plan === undefined ? {} : { plan }),
    ...(wanted === undefined ? {} : { values: wanted }),
    ...keepSlower(values['keep-slower'], flight),
    ...(values['gc'] ? { gc: true } : {}),
    ...(values['no-links'] ? { links: false } : {}),
    include,
    exclude,
    patterns: { include: patternsOf(include), exclude: patternsOf(exclude) },
    node: process.version,
    intellimap: version(),
    platform: `${process.platform} ${process.arch}`,
    git: await gitFacts(root),
    startedAt: Date.now(),
    startedMicros: monotonicMicros(),
  };
}

/** Test runners start a process for each processor, and some to look after them. @throws Fault when it is no number. */
function processLimit(value: Call['values'][string]): number {
  const given = wholeNumber('--processes', value);
  if (given === 0) throw new Fault(ExitCode.USAGE, '--processes takes a number above 0');
  return given ?? Math.max(MIN_PROCESSES, 2 * availableParallelism());
}

function keepSlower(value: Call['values'][string], flight: number | undefined): Pick<RunFile, 'keepSlower'> {
  if (value === undefined) return {};
  needFlight('--keep-slower', flight);
  return { keepSlower: value === 'p99' ? 'p99' : positive('--keep-slower', value)! };
}

function needFlight(option: string, flight: number | undefined): void {
  if (flight === undefined)
    throw new Fault(ExitCode.USAGE, `${option} is for a flight recorder`, 'add --flight <MiB>');
}

/** The recorder's own handler: one in the program would change what the signal does there. */
function keepSignal(
  value: Call['values'][string],
  { root, id, flight }: RunFile,
  out: Call['out'],
): Launch['onSignal'] {
  if (value === undefined) return undefined;
  needFlight('--keep-on', flight);
  if (value !== 'SIGUSR1' && value !== 'SIGUSR2')
    throw new Fault(ExitCode.USAGE, `--keep-on takes SIGUSR1 or SIGUSR2, not "${value.toString()}"`);
  const keep = async (): Promise<unknown> => attach({ root, run: id }).keep(value);
  const act = (): void =>
    void keep().catch((error: unknown) =>
      out.say(`intellimap: nothing was kept: ${(error as Error).message}`),
    );
  return { signal: value, act };
}

/** Words of a ring: rounded up to a power of two, which is said. */
function ringWords(value: Call['values'][string], out: Call['out']): number | undefined {
  const mib = positive('--ring', value);
  if (mib === undefined) return undefined;
  const words = ringWordsFor(Math.min(mib, MAX_RING_MIB) * MIB_WORDS);
  if (words !== mib * MIB_WORDS)
    out.say(`intellimap: a ring of ${mib} MiB becomes one of ${words / MIB_WORDS} MiB`);
  return words;
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

function makeFolder(file: RunFile): string {
  try {
    return createRunFolder(file.root, file);
  } catch (error) {
    const where = explainFileError(error as NodeJS.ErrnoException, recordingsFolder(file.root));
    throw new Fault(ExitCode.UNWRITABLE, `cannot write the recording: ${where}`, 'nothing was started');
  }
}

const monotonicMicros = (): number => Number(process.hrtime.bigint() / 1000n);

function recordEnding(folder: string, file: RunFile, { code, signal }: Exited): void {
  // The wall clock may have been set meanwhile.
  const endedAt = file.startedAt + Math.round((monotonicMicros() - file.startedMicros) / 1000);
  const cost = file.cost ?? calibrate();
  Object.assign(file, { endedAt, exitCode: code, signal, ...(cost ? { cost } : {}) });
  try {
    writeRunFile(folder, file);
  } catch {
    // A full disk: the run simply looks unfinished, which the report says.
  }
}

async function summarise({ root, id }: RunFile, json: boolean, out: Call['out']): Promise<void> {
  await withRun({ cwd: root, out }, id, async (session) => {
    const summary = await runSummary(session, json ? JSON_ROWS : ROWS);
    const layout = { paint: out.paintError, columns: out.columns, rows: ROWS };
    out.say(json ? JSON.stringify(summary) : `\n${renderSummary(summary, layout)}`);
  });
}

function startFault(name: string, error: NodeJS.ErrnoException): Fault {
  if (error.code === 'ENOENT') {
    const script = /\.[cm]?[jt]sx?$/.test(name);
    return new Fault(
      ExitCode.NO_COMMAND,
      `command not found: ${name}`,
      script ? `did you mean: intellimap run -- node ${name}` : undefined,
    );
  }
  if (error.code === 'EACCES') return new Fault(ExitCode.NOT_EXECUTABLE, `not executable: ${name}`);
  return new Fault(ExitCode.FAILED, `cannot start ${name}: ${error.message}`);
}

/** Ends as the program did: with its code, or by its signal. */
function passOn(ending: Exited): number {
  if (ending.signal === null) return ending.code ?? ExitCode.FAILED;
  process.kill(process.pid, ending.signal);
  // Only reached when the signal is ignored here: the shell's convention then.
  return 128 + (constants.signals[ending.signal] ?? 0);
}
