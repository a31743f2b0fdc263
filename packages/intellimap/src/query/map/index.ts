/** Question: what does the map show? Everything but where it stands. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { heatSteps, type MapFacts, METRICS, type Metric } from '../../layout/index.ts';
import { hotPaths } from '../hot-paths.ts';
import { resolveRun, type Session } from '../session.ts';
import { type Over, runsOver } from './over.ts';
import { edgeColumns } from './edges.ts';
import { functionColumns, type MapRows } from './functions.ts';
import { packagesOf } from './packages.ts';
import { runRows } from './run-rows.ts';
import { textRows } from './text-rows.ts';

/** Chains of calls that the map can play. */
const HOT_PATHS = { minShare: 0.05, dominance: 0.7, limit: 3 };

/**
 * @param other id of a run, or a unique beginning of one, that this one is compared with
 * @param over the last runs together, instead of this one alone; not where one is compared with another
 * @throws Fault (NOT_FOUND): there is no such run; (USAGE): runs together, compared with another
 */
export async function mapFacts(session: Session, other?: string, over?: Over): Promise<MapFacts> {
  const { db, run } = session;
  if (other !== undefined && over !== undefined)
    throw new Fault(
      ExitCode.USAGE,
      'runs together are not compared with another one',
      'Ask by against, or by over.',
    );
  const runs = over === undefined ? [run.id] : await runsOver(db, run, over);
  const compared = other === undefined ? null : await resolveRun(db, other);
  const rows: MapRows = {
    now: await runRows(db, runs, compared !== null),
    before: compared === null ? null : await runRows(db, [compared.id], true),
    text: await textRows(db, run.id),
  };
  const { packages, packageOf } = packagesOf(rows.text.packages);
  const { modules, functions } = functionColumns(rows, packageOf);
  const paths = rows.now.measured.times ? await hotPaths(session, HOT_PATHS, 'work') : [];
  const places = placesOf(functions.id, new Set(paths.flatMap((path) => path.functions.map(({ id }) => id))));
  const files = new Map(modules.path.map((path, at) => [path, at]));
  const hot = (paths[0]?.functions ?? []).map(({ path }) => files.get(path));
  return {
    run: run.id,
    other: compared?.id ?? null,
    runs: runs.length,
    processes: await db.all(PROCESSES),
    packages,
    modules,
    functions,
    edges: edgeColumns(rows, modules.path, pairsOf(hot)),
    hotPaths: paths.map(({ functions: chain, totalMs, share }) => ({
      // Module bodies are no cells.
      functions: chain.flatMap(({ id }) => places.get(id) ?? []),
      totalMs,
      share,
    })),
    heat: heatOf(functions.metrics),
  };
}

const PROCESSES = `
  SELECT pid, any_value(name) AS name, arg_min(kind::VARCHAR, tid) AS kind, count(*) AS threads, sum(calls)::DOUBLE AS calls
  FROM threads GROUP BY pid ORDER BY min(start_us), pid`;

/** Of some functions: thousands have none to be looked up. */
function placesOf(all: readonly string[], wanted: ReadonlySet<string>): Map<string, number> {
  const found = new Map<string, number>();
  if (wanted.size > 0) all.forEach((id, at) => wanted.has(id) && found.set(id, at));
  return found;
}

/** Modules that follow each other, without those that call themselves. */
function pairsOf(chain: readonly (number | undefined)[]): [number, number][] {
  return chain.flatMap((dst, at): [number, number][] => {
    const src = chain[at - 1];
    return at === 0 || src === undefined || dst === undefined || src === dst ? [] : [[src, dst]];
  });
}

function heatOf(metrics: MapFacts['functions']['metrics']): MapFacts['heat'] {
  const steps = METRICS.flatMap((metric): [Metric, number[]][] => {
    const column = metrics[metric];
    const found = column === undefined ? null : heatSteps(metric, column);
    return found === null ? [] : [[metric, found]];
  });
  return Object.fromEntries(steps);
}
