/** Gate: what ran in the baseline still runs. */
import type { Comparison } from '../comparison.ts';
import type { BuildFacts, FunctionFacts } from '../facts.ts';
import type { GateFinding, GateResult } from '../report.ts';
import { percent } from '../words.ts';

export function checkCoverage(comparison: Comparison): GateResult {
  const { base, settings } = comparison;
  const candidate = withUnloaded(comparison);
  // Code that is no longer there neither helps nor harms.
  const known = new Set([...Object.keys(candidate.functions), ...candidate.idle]);
  const [before, now] = [shareOf(base, known), shareOf(candidate, known)];
  const { lost, notes } = lostFunctions(base, candidate);
  const findings = lost.length > settings.lostFunctions ? [...lost] : [];
  if (before - now > settings.coverageDrop + 1e-9) findings.push(dropped(before, now));
  return {
    gate: 'coverage',
    verdict: findings.length > 0 ? 'fail' : 'pass',
    says: `${percent(now)} of the functions ran (${percent(before)} in the baseline), ${lost.length} no longer`,
    findings,
    notes,
  };
}

/** The candidate, whose `idle` has functions of the baseline, too, whose file is there and was not loaded. */
function withUnloaded({ base, candidate, exists }: Comparison): BuildFacts {
  const loaded = new Set([...Object.keys(candidate.functions), ...candidate.idle].map(fileOf));
  const ran = Object.entries(base.functions).filter(
    ([id, { path }]) => !loaded.has(fileOf(id)) && exists(path),
  );
  const files = new Set(ran.map(([id]) => fileOf(id)));
  const unloaded = [...Object.keys(base.functions), ...base.idle].filter((id) => files.has(fileOf(id)));
  return { ...candidate, idle: [...candidate.idle, ...unloaded] };
}

/** Share of functions that ran, of those that are `known`; bodies of modules are none. */
function shareOf({ functions, idle }: BuildFacts, known: ReadonlySet<string>): number {
  const count = (ids: readonly string[]): number =>
    ids.filter((id) => known.has(id) && !id.endsWith('#')).length;
  const [ran, rest] = [count(Object.keys(functions)), count(idle)];
  return ran + rest === 0 ? 1 : ran / (ran + rest);
}

function lostFunctions(base: BuildFacts, candidate: BuildFacts): { lost: GateFinding[]; notes: string[] } {
  const idle = new Set(candidate.idle);
  const lost: GateFinding[] = [];
  let varying = 0;
  for (const [id, facts] of Object.entries(base.functions)) {
    if (!idle.has(id)) continue;
    if (facts.hits.every((hits) => hits > 0)) lost.push(lostOne(id, facts));
    else varying++;
  }
  const notes =
    varying === 0 ? [] : [`${varying} functions did not run that ran in some runs of the baseline only`];
  return { lost, notes };
}

/** An `ast_node_id` begins with its file. */
const fileOf = (id: string): string => id.slice(0, id.indexOf('#'));

const lostOne = (id: string, { name, path, line, hits }: FunctionFacts): GateFinding => ({
  id: `coverage:lost:${id}`,
  gate: 'coverage',
  message: `${name} no longer runs`,
  place: { path, line },
  baseline: hits[0] ?? 0,
  candidate: 0,
  unit: 'calls',
  growth: null,
  interval: null,
  p: null,
  causes: [],
});

const dropped = (before: number, now: number): GateFinding => ({
  id: 'coverage:share:',
  gate: 'coverage',
  message: `only ${percent(now)} of the functions ran, ${percent(before)} in the baseline`,
  place: null,
  baseline: before,
  candidate: now,
  unit: 'share of the functions',
  growth: null,
  interval: null,
  p: null,
  causes: [],
});
