/** A plan as it is printed, kept in a file, and read again. Pure, but for reading that file. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ExitCode, explainFileError, Fault } from '../base/fault.ts';
import { isRecord, recordIn } from '../base/is-record.ts';
import type { Because, Choice } from '../base/plan.ts';
import type { Foretold, Plan, Planned, Tier } from '../base/recording.ts';
import { FOLLOWED, type Followed } from '../base/following.ts';
import { keptBy, STRATEGIES, type Strategy } from '../base/strategy.ts';
import type { PassedOver, PlannedRun } from '../query/index.ts';
import type { Measured } from '../record/overheads.ts';
import type { MadePlan } from './plan.ts';

/** What `plan --json` prints, and `run --plan` takes. */
export interface PlanAnswer {
  version: 1;
  command: string[];
  cwd: string;
  tier: Tier;
  /** Percent; null: no limit. */
  budget: number | null;
  /** The run that knows how often functions are called; null: only the text is known. */
  from: string | null;
  /** Where only the text is known: the latest run of the command, and why it does not tell; null: there is none. */
  passedOver: PassedOver | null;
  foretold: Foretold;
  /** What recording this command was measured to take, beside plain runs of it; null: it was not. */
  measured: Omit<Measured, 'version' | 'command' | 'cwd' | 'tier'> | null;
  /** Runs that were made with a plan, newest first, and what their recorder told of itself. */
  runs: PlannedRun[];
  /** Beside calls. */
  following: FollowLine[];
  /** Dearest first. */
  functions: PlanLine[];
  /** Files that could not be read. */
  problems: { path: string; reason: string }[];
}

export interface FollowLine {
  what: Followed;
  isOn: boolean;
  /** In a second of the program's own processor time. */
  perSecond: number;
  /** Of the program's own processor time, if it is on. */
  percent: number;
}

export interface PlanLine {
  path: string;
  id: string;
  name: string;
  /** null: the text on disk does not have it any more. */
  line: number | null;
  strategy: Strategy;
  /** Calls in a second of the program's own processor time; of the text alone, a guess. */
  perSecond: number;
  /** Of the program's own processor time, what its calls cost with this strategy, and with the one that was wanted. */
  percent: number;
  wantedPercent: number;
  because: Because;
}

export function answerOf(
  { from, passedOver, choices, following, foretold, measured, texts, problems }: MadePlan,
  asked: Pick<PlanAnswer, 'command' | 'cwd' | 'tier' | 'budget' | 'runs'>,
): PlanAnswer {
  return {
    version: 1,
    ...asked,
    from,
    passedOver: passedOver ?? null,
    foretold,
    measured: measured === undefined ? null : withoutKey(measured),
    following: following.map(({ price, perSecond, ...rest }) => ({
      ...rest,
      perSecond: rounded(perSecond),
      percent: rounded(price / 1e7),
    })),
    functions: choices
      .toSorted((a, b) => b.wanted - a.wanted || (a.of.id < b.of.id ? -1 : 1))
      .map((choice) => lineOf(choice, texts)),
    problems,
  };
}

const rounded = (value: number): number => Number(value.toPrecision(3));

function withoutKey({
  version: _version,
  command: _command,
  cwd: _cwd,
  tier: _tier,
  ...rest
}: Measured): PlanAnswer['measured'] {
  return rest;
}

function lineOf({ of, strategy, because, price, wanted }: Choice, texts: MadePlan['texts']): PlanLine {
  const text = texts.get(of.id);
  return {
    path: of.path,
    id: of.id,
    name: text?.title ?? of.id.replace(/^.*[/#]/, ''),
    line: text?.line ?? null,
    strategy,
    perSecond: Number(of.perSecond.toPrecision(4)),
    percent: rounded(price / 1e7),
    wantedPercent: rounded(wanted / 1e7),
    because,
  };
}

/** A plan that a run takes from a file. */
export interface ReadPlan {
  plan: Plan;
  tier: Tier;
  budget: number | null;
  hasValues: boolean;
}

const TIERS: readonly string[] = ['minimal', 'edges', 'performance'] satisfies Tier[];

/** @throws Fault: the file cannot be read, or holds no plan */
export function readPlan(file: string, cwd: string): ReadPlan {
  const path = resolve(cwd, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Fault(
      ExitCode.UNREADABLE,
      `cannot read the plan: ${explainFileError(error as NodeJS.ErrnoException, path)}`,
    );
  }
  const wrong = (what: string): Fault =>
    new Fault(
      ExitCode.USAGE,
      `${path} holds no plan: ${what}`,
      'write one with: intellimap plan --json -- <command>',
    );
  const answer = recordIn(text);
  if (answer === undefined) throw wrong('it is no JSON object');
  const { version, tier, budget, functions, following, from, foretold } = answer as Partial<PlanAnswer>;
  if (version !== 1) throw wrong(`its version is not 1`);
  if (typeof tier !== 'string' || !TIERS.includes(tier)) throw wrong('it names no tier');
  if (budget !== null && !(typeof budget === 'number' && budget > 0))
    throw wrong('its budget is no percentage');
  if (!Array.isArray(functions)) throw wrong('it lists no functions');
  const files: Plan['files'] = {};
  let hasValues = false;
  for (const each of functions as unknown[]) {
    const line = planned(each, tier);
    if (line === undefined)
      throw wrong(`a function has no path, id or known strategy: ${JSON.stringify(each)?.slice(0, 80)}`);
    if (line.keep === undefined) continue;
    hasValues ||= line.keep === 'state' || line.keep === 'values';
    (files[line.path] ??= {})[line.id] = { keep: line.keep, perSecond: line.perSecond };
  }
  const plan: Plan = {
    from: typeof from === 'string' ? from : null,
    budget,
    files,
    ...leftOutIn(following),
    ...(isRecord(foretold) && { foretold }),
  };
  return { plan, tier, budget, hasValues };
}

/** What a file says is not followed. */
function leftOutIn(following: unknown): Pick<Plan, 'notFollowed'> {
  const lines = (Array.isArray(following) ? following : []).filter(isRecord);
  const off = lines.flatMap(({ what, isOn, perSecond }) =>
    isOn === false && isFollowed(what)
      ? [[what, typeof perSecond === 'number' ? Math.round(perSecond) : 0]]
      : [],
  );
  return off.length === 0 ? {} : { notFollowed: Object.fromEntries(off) };
}

const isFollowed = (what: unknown): boolean => FOLLOWED.some((each) => each === what);

function planned(
  line: unknown,
  tier: Tier,
): { path: string; id: string; keep: Planned['keep'] | undefined; perSecond: number } | undefined {
  if (!isRecord(line)) return undefined;
  const { path, id, strategy, perSecond } = line;
  if (typeof path !== 'string' || typeof id !== 'string') return undefined;
  const known = STRATEGIES.find((name) => name === strategy);
  if (known === undefined) return undefined;
  return {
    path,
    id,
    keep: keptBy(known, tier),
    perSecond: typeof perSecond === 'number' ? Math.round(perSecond) : 0,
  };
}
