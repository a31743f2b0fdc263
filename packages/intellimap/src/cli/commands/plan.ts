/** `intellimap plan`: what would be recorded of which function under a budget, why, and what that will cost. */
import { realpathSync } from 'node:fs';
import { ExitCode, Fault } from '../../base/fault.ts';
import type { RunFile, Tier } from '../../base/recording.ts';
import type { Strategy } from '../../base/strategy.ts';
import { loadConfig } from '../../config/index.ts';
import { patternsOf } from '../../load/globs.ts';
import { plannedRuns } from '../../query/index.ts';
import { shownCommand } from '../../record/redaction.ts';
import { findRoot } from '../../record/workspace.ts';
import { calibrate } from '../calibrate.ts';
import { type Call, type Command, percentOf, wholeNumber } from '../command.ts';
import { version } from '../help.ts';
import { lastProcessor } from '../gate/record.ts';
import { makePlan, type MadePlan, type PlanWish } from '../plan.ts';
import { answerOf, type PlanAnswer } from '../plan-answer.ts';
import { explained, planText } from '../plan-text.ts';
import { mergeRecord } from '../record-settings.ts';
import { TIERS } from '../run-options.ts';
import { withRun } from '../session.ts';

export const plan: Command = {
  name: 'plan',
  usage: '[--budget <percent>] [--explain <function>] [--json] [--] [<command…>]',
  summary: 'Chooses what to record of each function under a budget, and foretells what that costs.',
  details: [
    'Without a command, the one of the latest run. Strategies: off, minimal (counted), performance (each call),',
    'state_only (and what it writes), full_trace (and all its values). Values only where --tier asks for them.',
    '',
    '  intellimap plan --budget 1% -- node app.js',
    '  intellimap plan --budget 5% --explain Cart.total -- node app.js',
    '  intellimap plan --budget 1% --json -- node app.js > plan.json',
    '  intellimap run --plan plan.json -- node app.js',
    '  intellimap plan --measure 10 -- node bench.js',
  ].join('\n'),
  options: {
    budget: { type: 'string' },
    tier: { type: 'string' },
    include: { type: 'string', multiple: true },
    exclude: { type: 'string', multiple: true },
    explain: { type: 'string' },
    measure: { type: 'string' },
    alternate: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: [
    {
      usage: '--budget <percent>',
      text: "what recording may take, in percent of the program's own processor time (default: no limit)",
    },
    {
      usage: '--tier <tier>',
      text: 'the most that is recorded of a function: minimal, performance (default), state_only, full_trace',
    },
    { usage: '--include <glob>', text: 'also these files, as run --include takes them (repeatable)' },
    { usage: '--exclude <glob>', text: 'without these files (repeatable)' },
    {
      usage: '--explain <function>',
      text: 'why functions of this name, or with this in it, have their strategy',
    },
    {
      usage: '--measure <pairs>',
      text: 'runs the command so often plain and recorded with the plan, both at the same time on one processor, and says what recording took; later plans know it. The command has to do the same each time, and to end',
    },
    {
      usage: '--alternate',
      text: 'with --measure: one after the other, for commands that cannot run twice at a time',
    },
    { usage: '--json', text: 'print the plan as JSON (docs/schemas/plan.schema.json), for run --plan' },
  ],
  passThrough: true,
  async run({ values: given, positionals: command, out, cwd }: Call): Promise<number> {
    const asked = await askedPlan(given, command, cwd, out);
    const made = await plannedOrMeasured(asked, command, given, out);
    const { root, tier, budget, command: shown } = asked.wish;
    const answer = answerOf(made, {
      command: [...shown],
      cwd: asked.wish.cwd,
      tier,
      budget: budget ?? null,
      runs:
        made.from === null
          ? []
          : await withRun({ cwd: root, out }, undefined, ({ db }) =>
              plannedRuns(db, JSON.stringify(shown), asked.wish.cwd),
            ),
    });
    for (const { path, reason } of made.problems)
      out.say(`intellimap: ${path} is not in the plan: ${reason}`);
    if (typeof given['explain'] === 'string')
      explain(given['explain'], answer, made, Boolean(given['json']), out);
    else out.print(given['json'] ? JSON.stringify(answer, null, 2) : planText(answer, out));
    return ExitCode.OK;
  },
};

interface Asked {
  wish: PlanWish;
  redact: string[];
}

async function askedPlan(
  given: Call['values'],
  command: string[],
  cwd: string,
  out: Call['out'],
): Promise<Asked> {
  const root = findRoot(cwd);
  const { settings, said } = await loadConfig(root);
  const { values } = mergeRecord(given, settings.record, said);
  const tierName = String(values['tier'] ?? 'performance').toLowerCase();
  const tier = TIERS[tierName];
  if (tier === undefined || tier === 'edges')
    throw new Fault(
      ExitCode.USAGE,
      `there are no plans for the tier "${tierName}"`,
      'tiers: minimal, performance, state_only, full_trace',
    );
  const redact = (values['redact'] ?? []) as string[];
  const cost = await calibrate();
  if (cost === undefined)
    throw new Fault(ExitCode.FAILED, 'what a call costs cannot be measured on this machine');
  const include = (values['include'] ?? []) as string[];
  const exclude = (values['exclude'] ?? []) as string[];
  const place =
    command.length > 0
      ? { command: shownCommand(command, root, redact), cwd: realpathSync(cwd) }
      : await latestCommand(root, out);
  return {
    redact,
    wish: {
      root,
      ...place,
      tier,
      ...mostOf(tierName),
      budget: percentOf('--budget', values['budget']),
      cost,
      include,
      exclude,
      patterns: { include: patternsOf(include), exclude: patternsOf(exclude) },
    },
  };
}

const mostOf = (tier: string): { most?: Strategy } =>
  tier === 'state_only'
    ? { most: tier }
    : tier === 'full_trace' || tier === 't2'
      ? { most: 'full_trace' }
      : {};

const latestCommand = async (root: string, out: Call['out']): Promise<{ command: string[]; cwd: string }> =>
  await withRun({ cwd: root, out }, undefined, ({ run }) =>
    Promise.resolve({ command: JSON.parse(run.command) as string[], cwd: run.cwd }),
  );

/** With `--measure`, what was measured is part of the plan that is shown. */
async function plannedOrMeasured(
  { wish }: Asked,
  command: string[],
  given: Call['values'],
  out: Call['out'],
): Promise<MadePlan> {
  const rounds = wholeNumber('--measure', given['measure']);
  const alternate = given['alternate'] === true;
  if (rounds === undefined) return await makePlan(wish, out);
  if (rounds === 0) throw new Fault(ExitCode.USAGE, '--measure takes a number above 0');
  if (command.length === 0)
    throw new Fault(
      ExitCode.USAGE,
      'there is no command to measure',
      'for example: intellimap plan --measure 10 -- node bench.js',
    );
  const { measurePlan, recordOnce } = await import('../measure-plan.ts');
  const processor = alternate ? undefined : lastProcessor();
  if (processor === undefined && !alternate)
    out.say(
      'intellimap: nobody can be held to one processor here (taskset): plain and recorded runs take turns, which is less exact',
    );
  const measured = { command, described: described(wish), rounds, processor, cost: wish.cost };
  let made = await makePlan(wish, out);
  if (made.from === null) {
    await recordOnce(measured);
    made = await makePlan(wish, out);
  }
  return { ...made, measured: await measurePlan(measured, made, out) };
}

/** A run as `intellimap run` would begin it. */
const described = ({
  root,
  cwd,
  command,
  tier,
  budget,
  cost,
  include,
  exclude,
  patterns,
}: PlanWish): Omit<
  RunFile,
  'version' | 'id' | 'node' | 'platform' | 'git' | 'startedAt' | 'startedMicros' | 'recorder'
> => ({
  command: [...command],
  cwd,
  root,
  tier: tier satisfies Tier,
  gates: 'open',
  policy: 'wait',
  include,
  exclude,
  patterns,
  intellimap: version(),
  ...(budget !== undefined && { budget, cost }),
});

/** Functions that are explained at most. */
const MOST = 20;

function explain(
  name: string,
  answer: PlanAnswer,
  { texts }: MadePlan,
  json: boolean,
  out: Call['out'],
): void {
  const exact = answer.functions.filter((each) => each.id === name || each.name === name);
  const found = exact.length > 0 ? exact : answer.functions.filter((each) => each.name.includes(name));
  if (found.length === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `no function of the plan is called "${name}"`,
      'intellimap plan --json lists all',
    );
  if (json) return out.print(JSON.stringify({ ...answer, functions: found }, null, 2));
  out.print(
    found
      .slice(0, MOST)
      .map((line) => explained(line, texts.get(line.id), answer, out))
      .join('\n\n'),
  );
  if (found.length > MOST) out.say(`intellimap: ${found.length} functions match; these are the dearest ones`);
}
