/** Gate: what ran in the baseline still runs. */
import type { Comparison } from '../comparison.ts';
import type { BuildFacts, FunctionFacts } from '../facts.ts';
import type { GateFinding, GateResult } from '../report.ts';
import { percent } from '../words.ts';

export function checkCoverage(comparison: Comparison): GateResult {
  const { base, candidate, settings } = comparison;
  const unloaded = notLoaded(comparison);
  // Code that is no longer there neither helps nor harms.
  const known = new Set([...Object.keys(candidate.functions), ...candidate.idle, ...unloaded]);
  const [before, now] = [shareOf(base, known), shareOf(candidate, known, unloaded)];
  const { lost, notes } = lostFunctions(comparison);
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

/** Functions of the baseline whose file is there, and was not loaded. */
function notLoaded({ base, candidate, exists }: Comparison): string[] {
  const loaded = filesOf(candidate);
  const ran = Object.entries(base.functions).filter(
    ([id, { path }]) => !loaded.has(fileOf(id)) && exists(path),
  );
  const files = new Set(ran.map(([id]) => fileOf(id)));
  return [...Object.keys(base.functions), ...base.idle].filter((id) => files.has(fileOf(id)));
}

/** Share of functions that ran, of those that are `known`; bodies of modules are none. */
function shareOf(
  { functions, idle }: BuildFacts,
  known: ReadonlySet<string>,
  unloaded: readonly string[] = [],
): number {
  const count = (ids: readonly string[]): number =>
    ids.filter((id) => known.has(id) && !id.endsWith('#')).length;
  const [ran, rest] = [count(Object.keys(functions)), count([...idle, ...unloaded])];
  return ran + rest === 0 ? 1 : ran / (ran + rest);
}

function lostFunctions({ base, candidate, exists }: Comparison): {
  lost: GateFinding[];
  notes: string[];
} {
  const idle = new Set(candidate.idle);
  const loaded = filesOf(candidate);
  const lost: GateFinding[] = [];
  let varying = 0;
  for (const [id, facts] of Object.entries(base.functions)) {
    if (candidate.functions[id] !== undefined) continue;
    const isThere = idle.has(id) || (!loaded.has(fileOf(id)) && exists(facts.path));
    if (!isThere) continue;
    if (facts.hits.every((hits) => hits > 0)) lost.push(lostOne(id, facts));
    else varying++;
  }
  const notes =
    varying === 0 ? [] : [`${varying} functions did not run that ran in some runs of the baseline only`];
  return { lost, notes };
}

const filesOf = ({ functions, idle }: BuildFacts): ReadonlySet<string> =>
  new Set([...Object.keys(functions), ...idle].map(fileOf));

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
