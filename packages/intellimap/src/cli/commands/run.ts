/** `intellimap run`: records a command and says what it did. */
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, join } from 'node:path';
import { explainFileError, ExitCode, Fault } from '../../base/fault.ts';
import type { Plan, RunFile } from '../../base/recording.ts';
import { createRunFolder, recordingsFolder } from '../../record/folder.ts';
import { beginRunFile, endOf, endRunFile, machineMicros } from '../../record/run-file.ts';
import { calibrate } from '../calibrate.ts';
import { cleanAndSay } from '../clean-up.ts';
import { settleHeld } from '../../record/held.ts';
import { settleHeaps } from '../../record/heaps.ts';
import { type Exited, launch } from '../../record/launch.ts';
import { hasBuild } from '../../collect/build-folder.ts';
import type { RunPlace } from '../../collect/otlp/telemetry.ts';
import { type Configuration, loadConfig } from '../../config/index.ts';
import { attach } from '../../runtime/index.ts';
import { findRoot } from '../../record/workspace.ts';
import type { Collecting } from '../collecting.ts';
import type { Call, Command } from '../command.ts';
import { withNamed } from '../flags.ts';
import { version } from '../help.ts';
import { asFollowed, measuredCost, planOf } from '../plan.ts';
import { type ReadPlan, readPlan } from '../plan-answer.ts';
import { mergeRecord } from '../record-settings.ts';
import { askedFor, type Asked, runHelp, runOptions } from '../run-options.ts';
import { v8Meant } from '../v8-options.ts';

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
  options: runOptions,
  help: runHelp,
  meant: v8Meant,
  passThrough: true,

  async run({ values: given, positionals: command, out, cwd }: Call): Promise<number> {
    const configuration = await loadConfig(findRoot(cwd));
    const plan = typeof given['plan'] === 'string' ? readPlan(given['plan'], cwd) : undefined;
    const values = withSettings(asPlanned(given, plan), configuration, out);
    const { functions } = configuration.settings.flags;
    const { file: asked, keepOn, ring } = askedFor(values, command, functions, plan?.hasValues);
    if (ring && ring.mib !== ring.roundedMib)
      out.say(`intellimap: a ring of ${ring.mib} MiB becomes one of ${ring.roundedMib} MiB`);
    const file = await describeRun(await withVariables(asked, findRoot(cwd), out), cwd, out, plan?.plan);
    const folder = makeFolder(file);
    const collecting = await joined(values, file, folder, out);
    const ending = await launch({
      ...file,
      command,
      cwd,
      runDir: folder,
      ringWords: ring?.words,
      onSignal: keepOn && { signal: keepOn, act: () => keepNow(file, keepOn, out) },
    });
    await collecting?.close();
    if (ending.kind === 'failed') {
      rmSync(folder, { recursive: true, force: true });
      throw startFault(command[0], ending.error);
    }
    await settleFlights(folder, file, ending);
    await countHeaps(folder, file.v8?.heap === 'keep', out);
    await recordEnding(folder, file, ending);
    if (collecting !== undefined) await attributed(file, folder, out);
    if (!values['no-summary']) {
      // Whatever goes wrong from here on concerns the summary: the program has run, and its exit code stands.
      await summarise(file, Boolean(values['json']), out).catch((error: unknown) => {
        const advice = error instanceof Fault && error.advice ? `\n  ${error.advice}` : '';
        out.say(
          `intellimap: the recording is kept in ${folder}, but there is no summary: ${(error as Error).message}${advice}`,
        );
      });
    }
    await cleanAndSay(file, configuration.settings.retention, out);
    if (values['open']) await show(file, out);
    return passOn(ending);
  },
};

/** The command line, above what the workspace says. */
function withSettings(
  given: Call['values'],
  { file, settings, said }: Configuration,
  out: Call['out'],
): Call['values'] {
  const { values, leftOut } = mergeRecord(given, settings.record, said);
  for (const key of leftOut)
    out.say(
      `intellimap: record.${key} of ${basename(file ?? '')} is left out, as the command line has no use for it`,
    );
  return values;
}

/** A plan was made for a tier and a budget. */
const asPlanned = (given: Call['values'], plan: ReadPlan | undefined): Call['values'] =>
  plan === undefined
    ? given
    : { tier: plan.tier, budget: plan.budget === null ? 'none' : String(plan.budget), ...given };

/** With `--flags`: variables that program texts name, whether they are called like flags or not. The text is looked at only then. */
async function withVariables(asked: Asked['file'], root: string, out: Call['out']): Promise<Asked['file']> {
  if (asked.flags === undefined) return asked;
  const { variablesNamed } = await import('../../graph/index.ts');
  try {
    return { ...asked, flags: withNamed(asked.flags, variablesNamed(root, process.env), process.env) };
  } catch (error) {
    out.say(`intellimap: which variables the source names is not known: ${(error as Error).message}`);
    return asked;
  }
}

/** What was asked for, where, when and with what, the command as it may be written down; for a budget also what calls cost here and what an earlier run says of them. */
export async function describeRun(
  asked: Asked['file'],
  cwd: string,
  out: Call['out'],
  given?: Plan,
): Promise<RunFile> {
  const described = { ...asked, cwd: realpathSync(cwd), root: findRoot(cwd), intellimap: version() };
  const cost = asked.budget === undefined ? undefined : (measuredCost(described) ?? (await calibrate()));
  const known = { ...described, ...(cost && { cost }) };
  const plan = given ?? (await planOf(known, out));
  return await beginRunFile({ ...known, ...(plan && { ...asFollowed(plan, known), plan }) });
}

/** Pages and programs elsewhere send to this run. @throws Fault when that was asked for, and is not possible: then nothing was started */
async function joined(
  values: Call['values'],
  { root, startedAt, cwd, values: recorded }: RunFile,
  folder: string,
  out: Call['out'],
): Promise<Collecting | undefined> {
  const isAsked = values['collect'] === true;
  if (values['no-collect'] === true || !(isAsked || hasBuild(root))) return undefined;
  const { beginCollecting, directions } = await import('../collecting.ts');
  const run = (): RunPlace => ({ folder, startedAt });
  try {
    const collecting = await beginCollecting({ root, values: {}, cwd, run, out, names: recorded?.redact });
    if (isAsked) out.say(`intellimap: collecting on ${collecting.url}\n${directions(collecting)}`);
    return collecting;
  } catch (error) {
    if (isAsked) rmSync(folder, { recursive: true, force: true });
    if (isAsked) throw error;
    // It was not asked for: the program is what counts.
    out.say(`intellimap: pages do not join this run: ${(error as Error).message}`);
    return undefined;
  }
}

/** What is needed for it is loaded only where spans came. */
async function attributed({ root }: RunFile, folder: string, out: Call['out']): Promise<void> {
  if (!existsSync(join(folder, 'imported', 'spans.ndjson'))) return;
  try {
    await (await import('../attributed-spans.ts')).attributeSpans(root, folder);
  } catch (error) {
    out.say(`intellimap: whose functions spans are is not known: ${(error as Error).message}`);
  }
}

/** On a signal to the recorder itself: a handler in the program would change what the signal does there. */
function keepNow({ root, id }: RunFile, reason: string, out: Call['out']): void {
  const keep = async (): Promise<unknown> => attach({ root, run: id }).keep(reason);
  void keep().catch((error: unknown) => out.say(`intellimap: nothing was kept: ${(error as Error).message}`));
}

export function makeFolder(file: RunFile): string {
  try {
    return createRunFolder(file.root, file);
  } catch (error) {
    const where = explainFileError(error as NodeJS.ErrnoException, recordingsFolder(file.root));
    throw new Fault(ExitCode.UNWRITABLE, `cannot write the recording: ${where}`, 'nothing was started');
  }
}

/** Child processes hold theirs until it is known whether the command failed. */
async function settleFlights(folder: string, { flight }: RunFile, { code }: Exited): Promise<void> {
  if (flight === undefined) return;
  const kept = code ? { reason: `exit code ${code}`, micros: machineMicros() } : undefined;
  // A full disk: what was not moved stays where it is.
  await settleHeld(folder, kept).catch(() => {});
}

async function countHeaps(folder: string, keep: boolean, out: Call['out']): Promise<void> {
  for (const reason of await settleHeaps(folder, keep)) out.say(`intellimap: ${reason}`);
}

export async function recordEnding(folder: string, file: RunFile, { code, signal }: Exited): Promise<void> {
  const endedAt = endOf(file);
  // The command may have replaced what measures it: `npm ci`, say.
  const cost = file.cost ?? (await calibrate().catch(() => undefined));
  endRunFile(folder, file, { endedAt, exitCode: code, signal, ...(cost ? { cost } : {}) });
}

/** Loaded when the program has ended: a run without a summary has no use for the store. */
const summarise = async (file: RunFile, json: boolean, out: Call['out']): Promise<void> =>
  await (await import('../summarise.ts')).summarise(file, json, out);

/** In a browser, until Ctrl-C. */
async function show({ root, id }: RunFile, out: Call['out']): Promise<void> {
  const { serve } = await import('../serving.ts');
  const wishes = { cwd: root, out, port: 0, host: undefined, run: id, browser: true, print: out.say };
  // The exit code is that of the program.
  await serve(wishes).catch((error: unknown) => out.say(`intellimap: ${(error as Error).message}`));
}

export function startFault(name: string, error: NodeJS.ErrnoException): Fault {
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
