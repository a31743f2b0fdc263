/** Gate: no slower. Processor time of the run, busy time of tasks and the 95th percentile of their durations, judged together. */
import { timeCauses } from '../causes.ts';
import type { Comparison } from '../comparison.ts';
import { median } from '../../base/numbers.ts';
import { known, type PerRun } from '../facts.ts';
import { type Figure, type GateFinding, type GateResult, isOpen } from '../report.ts';
import { estimateApart, estimatePairs, type Estimate } from '../statistics/estimate.ts';
import { grewApart, grewInPairs } from '../statistics/together.ts';
import { growthText, ms, percent, plural } from '../words.ts';

interface Time {
  /** Of a finding: `processor`, `busy:<task>`, `p95:<task>`. */
  id: string;
  name: string;
  task: string | null;
  base: PerRun;
  candidate: PerRun;
  /** Growth that is let pass. */
  share: number;
  atLeastMs: number;
}

export interface TimesResult extends GateResult {
  figures: Figure[];
}

export function checkTimes(comparison: Comparison): TimesResult {
  const why = cannotJudge(comparison);
  if (why !== null) return { ...unsure(why), figures: [] };
  const times = timesOf(comparison);
  const run = times[0];
  if (run === undefined) return { ...unsure('no times were recorded'), figures: [] };
  const judged = judgedTogether(times, comparison);
  const findings = judged.filter(({ isSlower }) => isSlower).map((each) => found(each, comparison));
  const { resolution } = judged[0].estimate;
  const isBlind = Math.expm1(resolution) > comparison.settings.resolution;
  const isUndecided = isOpen(judged[0].figure, levelOf(comparison));
  const [figures, notes] = [judged.map(({ figure }) => figure), noisy(judged, comparison)];
  if (findings.length === 0 && isBlind)
    return {
      ...unsure(
        `runs vary too much: ${run.name} had to grow by ${percent(Math.expm1(resolution))} to be found, ${percent(comparison.settings.resolution)} are asked for`,
      ),
      figures,
      notes,
    };
  if (findings.length === 0 && isUndecided)
    return {
      ...unsure(
        `${run.name} ${growthText(judged[0].figure.growth)} (95 %: ${intervalText(judged[0].estimate)}), which may be chance: more runs would tell`,
      ),
      figures,
      notes,
    };
  return {
    gate: 'times',
    verdict: findings.length > 0 ? 'fail' : 'pass',
    says: `${run.name} ${growthText(judged[0].figure.growth)} (95 %: ${intervalText(judged[0].estimate)}), ${plural(times.length, 'time')} compared`,
    findings,
    notes,
    figures,
  };
}

const unsure = (says: string): GateResult => ({
  gate: 'times',
  verdict: 'unsure',
  says,
  findings: [],
  notes: [],
});

/** Level that this look at the runs has. */
const levelOf = ({ settings, looks }: Comparison): number => settings.falseAlarms / looks;

function cannotJudge(comparison: Comparison): string | null {
  const { base, candidate, settings, design, baseHead, candidateHead } = comparison;
  const fewest = Math.min(base.runs.length, candidate.runs.length);
  const enough = Math.max(settings.minRuns, Math.ceil(-Math.log2(levelOf(comparison))));
  if (fewest < enough)
    return `${plural(fewest, 'run')} of a build ${fewest === 1 ? 'is' : 'are'} too few, ${enough} are needed (intellimap gate run makes them)`;
  if (design !== 'apart') return null;
  const unlike = (['machine', 'platform', 'node'] as const).filter(
    (what) => baseHead[what] !== candidateHead[what],
  );
  return unlike.length === 0
    ? null
    : `times of the baseline are from elsewhere: ${unlike.map((what) => `${baseHead[what]} is not ${candidateHead[what]}`).join(', ')}`;
}

/** The run itself comes first. */
function timesOf(comparison: Comparison): Time[] {
  const { settings } = comparison;
  const { slowdown: share, slowdownMs: atLeastMs } = settings;
  const runs = runTimes(comparison).map((run) => ({ ...run, task: null, share, atLeastMs }));
  return [...runs, ...Object.keys(comparison.candidate.tasks).flatMap((task) => taskTimes(comparison, task))];
}

/** Processor time of the main threads; that of all threads where there are others, or where nothing else is known. */
function runTimes({ base, candidate }: Comparison): Pick<Time, 'id' | 'name' | 'base' | 'candidate'>[] {
  const of = (what: 'mainMs' | 'cpuMs'): Pick<Time, 'base' | 'candidate'> => ({
    base: base.runs.map((run) => run[what]),
    candidate: candidate.runs.map((run) => run[what]),
  });
  const times = [
    { id: 'processor', name: 'processor time', ...of('mainMs') },
    { id: 'processor-all', name: 'processor time of all threads', ...of('cpuMs') },
  ].filter(({ base, candidate }) => [...base, ...candidate].every((value) => value !== null && value > 0));
  const hasWorkers = [...base.runs, ...candidate.runs].some(({ workers }) => workers > 0);
  return hasWorkers ? times : times.slice(0, 1);
}

function taskTimes({ base, candidate, settings }: Comparison, task: string): Time[] {
  const [before, now] = [base.tasks[task], candidate.tasks[task]];
  if (before === undefined || Math.min(...before.count, ...now.count) < settings.minTasks) return [];
  const of = (what: 'busyMs' | 'p95Ms'): Pick<Time, 'base' | 'candidate' | 'task'> => ({
    task,
    base: before[what],
    candidate: now[what],
  });
  return [
    {
      id: `busy:${task}`,
      name: `busy time of ${task}`,
      share: settings.slowdown,
      atLeastMs: settings.slowdownMs,
      ...of('busyMs'),
    },
    {
      id: `p95:${task}`,
      name: `95th percentile of ${task}`,
      share: settings.p95,
      atLeastMs: settings.p95Ms,
      ...of('p95Ms'),
    },
  ].filter(({ base, candidate }) => [...base, ...candidate].every((value) => value !== null && value > 0));
}

interface Judged {
  time: Time;
  estimate: Estimate;
  figure: Figure;
  isSlower: boolean;
}

function judgedTogether(times: Time[], comparison: Comparison): Judged[] {
  const logs = times.map(({ base, candidate }) => ({
    base: known(base).map(Math.log),
    candidate: known(candidate).map(Math.log),
  }));
  const alpha = levelOf(comparison);
  // What it takes to be found depends on how many are asked; this is the most that it can take.
  const strictest = alpha / times.length;
  const inPairs = comparison.design !== 'apart';
  const differences = logs.map(({ base, candidate }) => candidate.map((value, at) => value - base[at]));
  const p = inPairs ? grewInPairs(differences) : grewApart(logs);
  return times.map((time, at) => {
    const estimate = inPairs
      ? estimatePairs(differences[at], strictest)
      : estimateApart(logs[at].base, logs[at].candidate, strictest);
    const figure = figureOf(time, estimate, p[at]);
    const growthMs = figure.candidate - figure.baseline;
    const isSlower = p[at] <= alpha && figure.growth >= time.share && growthMs >= time.atLeastMs;
    return { time, estimate, figure, isSlower };
  });
}

function figureOf({ name, share, base, candidate }: Time, estimate: Estimate, p: number): Figure {
  const { middle, low, high, resolution } = estimate;
  return {
    name,
    unit: 'ms',
    baseline: median(known(base)),
    candidate: median(known(candidate)),
    growth: Math.expm1(middle),
    limit: share,
    interval: [finite(Math.expm1(low)), finite(Math.expm1(high))],
    p,
    resolution: finite(Math.expm1(resolution)),
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) && value > -1 ? value : null);
const intervalText = ({ low, high }: Estimate): string =>
  `${growthText(Math.expm1(low))} to ${growthText(Math.expm1(high))}`;

function found({ time, estimate, figure }: Judged, comparison: Comparison): GateFinding {
  const task = time.task === null ? undefined : comparison.candidate.tasks[time.task];
  const causes = timeCauses(comparison);
  const first = causes[0];
  const place = task?.path ? { path: task.path, line: task.line } : (first ?? null);
  return {
    id: `times:${time.id}`,
    gate: 'times',
    message: `${time.name} grew by ${percent(figure.growth)} (95 %: ${intervalText(estimate)}), from ${ms(figure.baseline)} to ${ms(figure.candidate)}`,
    place: place && { path: place.path, line: place.line },
    baseline: figure.baseline,
    candidate: figure.candidate,
    unit: 'ms',
    growth: figure.growth,
    interval: figure.interval,
    p: figure.p,
    causes,
  };
}

/** Times that had to grow by more than is let pass before anybody saw it. */
function noisy(judged: readonly Judged[], { settings }: Comparison): string[] {
  const blind = judged.filter(
    ({ time, estimate }) => Math.expm1(estimate.resolution) > Math.max(time.share, settings.resolution),
  );
  const worst = blind
    .toSorted((a, b) => b.estimate.resolution - a.estimate.resolution)
    .slice(0, 3)
    .map(({ time, estimate }) => `${time.name} (${percent(Math.expm1(estimate.resolution))})`);
  return worst.length === 0
    ? []
    : [
        `${plural(blind.length, 'time')} vary too much to find what is asked for, most of all ${worst.join(', ')}`,
      ];
}
