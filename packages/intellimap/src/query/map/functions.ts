/** Columns of the map's functions and modules, made of the rows of one run, or of two, and of the text. Pure. */
import {
  type FunctionColumns,
  METRICS,
  type Metric,
  type MetricColumns,
  type ModuleColumns,
  State,
} from '../../layout/index.ts';
import type { FunctionRow, ModuleRow, RunRows } from './run-rows.ts';
import type { TextRows } from './text-rows.ts';

export interface MapRows {
  now: RunRows;
  /** The run that it is compared with. */
  before: RunRows | null;
  text: TextRows;
}

/** A function as the runs know it, or the text alone. */
interface Unit {
  id: string;
  name: string;
  line: number;
  now?: FunctionRow;
  before?: FunctionRow;
}

interface File {
  path: string;
  units: Unit[];
  now?: ModuleRow;
  before?: ModuleRow;
  lines: number;
  bodies: { now?: FunctionRow; before?: FunctionRow };
}

/** @param packageOf place of a file's package */
export function functionColumns(
  rows: MapRows,
  packageOf: (path: string) => number,
): { modules: ModuleColumns; functions: FunctionColumns } {
  const files = filesOf(rows, packageOf);
  const units = files.flatMap((file) => file.units);
  const flags = new Map(rows.text.flags.map(({ id, reads }) => [id, reads]));
  const first = Uint32Array.from(running(files.map((file) => file.units.length)));
  const functions: FunctionColumns = {
    id: units.map(({ id }) => id),
    name: units.map(({ name }) => name),
    module: Uint32Array.from(files.flatMap((file, at) => file.units.map(() => at))),
    line: Uint32Array.from(units, ({ line }) => line),
    state: Uint8Array.from(units, (unit) => stateOf(unit, rows.before !== null)),
    metrics: metricsOf(rows.now, units, (unit) => unit.now, flags),
    before: rows.before === null ? {} : metricsOf(rows.before, units, (unit) => unit.before, flags),
  };
  const count = Uint32Array.from(files, (file) => file.units.length);
  const has = (bit: number, at: number): number => sumOf(first[at], count[at], (n) => ((functions.state[n] & bit) === 0 ? 0 : 1));
  const ran = Uint32Array.from(files, (_, at) => has(State.RAN, at));
  const sums = (columns: MetricColumns, side: 'now' | 'before'): MetricColumns =>
    moduleMetrics(columns, (at) => files[at].bodies[side], first, count);
  const modules: ModuleColumns = {
    path: files.map(({ path }) => path),
    package: Uint32Array.from(files, ({ path }) => packageOf(path)),
    first,
    count,
    ran,
    state: Uint8Array.from(files, (file, at) => moduleState(file, ran[at], has(State.UNKNOWN, at), rows.before !== null)),
    lines: Uint32Array.from(files, ({ lines }) => lines),
    signatures: Uint32Array.from(files, ({ now }) => now?.signatures ?? 0),
    metrics: sums(functions.metrics, 'now'),
    before: sums(functions.before, 'before'),
  };
  return { modules, functions };
} // prettier-ignore

/** Files that one of the runs loaded, and those of the same packages that none did, sorted. Of these, such without functions could not have run. */
function filesOf({ now, before, text }: MapRows, packageOf: (path: string) => number): File[] {
  const loaded = new Map(now.modules.map((row) => [row.path, row]));
  const loadedBefore = new Map((before?.modules ?? []).map((row) => [row.path, row]));
  const ofNow = now.functions;
  const ofBefore = before?.functions ?? new Map<string, FunctionRow[]>();
  const ofText = text.functions;
  const packages = new Set([...loaded.keys(), ...loadedBefore.keys()].map(packageOf));
  const lines = new Map(text.files.map((file) => [file.path, file.lines]));
  const missed = [...ofText.keys()].filter((path) => lines.has(path) && packages.has(packageOf(path)));
  const paths = new Set([...loaded.keys(), ...ofNow.keys(), ...loadedBefore.keys(), ...missed]);
  return [...paths]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((path) => {
      const mine = ofNow.get(path) ?? [];
      const others = ofBefore.get(path) ?? [];
      const isKnown = mine.length + others.length > 0;
      const row = loaded.get(path);
      return {
        path,
        units: isKnown ? merged(mine, others) : (ofText.get(path) ?? []),
        now: row,
        before: loadedBefore.get(path),
        lines: (row ?? loadedBefore.get(path))?.lines || (lines.get(path) ?? 0),
        bodies: { now: mine.find(({ isModule }) => isModule), before: others.find(({ isModule }) => isModule) },
      };
    });
} // prettier-ignore

/** Functions of both runs in the order of the source; those that only the other one has stand where their lines were. */
function merged(now: readonly FunctionRow[], before: readonly FunctionRow[]): Unit[] {
  if (before.length === 0) return now.filter(({ isModule }) => !isModule).map((row) => ({ id: row.id, name: row.name, line: row.line, now: row }));
  const units = new Map<string, Unit>();
  for (const row of now) if (!row.isModule) units.set(row.id, { id: row.id, name: row.name, line: row.line, now: row });
  let isLonger = false;
  for (const row of before) {
    if (row.isModule) continue;
    const unit = units.get(row.id);
    if (unit !== undefined) unit.before = row;
    else {
      units.set(row.id, { id: row.id, name: row.name, line: row.line, before: row });
      isLonger = true;
    }
  }
  const all = [...units.values()];
  return isLonger ? all.toSorted((a, b) => a.line - b.line) : all;
} // prettier-ignore

function stateOf({ now, before }: Unit, isCompared: boolean): number {
  const ran = (now?.calls ?? 0) > 0;
  const ranBefore = (before?.calls ?? 0) > 0;
  return (
    (ran ? State.RAN : 0) |
    (!ran && now?.isUnwatched === true ? State.UNKNOWN : 0) |
    ((now ?? before)?.isAsync === true ? State.ASYNC : 0) |
    (now === undefined ? State.NOT_LOADED : 0) |
    (isCompared && ran && !ranBefore ? State.ADDED : 0) |
    (isCompared && !ran && ranBefore ? State.REMOVED : 0) |
    (isCompared && differ(now?.hash, before?.hash) ? State.CHANGED : 0)
  );
}

const differ = (a: string | null | undefined, b: string | null | undefined): boolean =>
  typeof a === 'string' && typeof b === 'string' && a !== b;

/** A file without functions ran when its body did. */
function moduleState({ units, now, before, bodies }: File, ran: number, unknown: number, isCompared: boolean): number {
  const isLoaded = now?.loaded === true || (bodies.now?.calls ?? 0) > 0;
  const wasLoaded = before?.loaded === true || (bodies.before?.calls ?? 0) > 0;
  const isBlind = isLoaded && now?.instrumented === false;
  const isUnknown = isBlind || (isLoaded && ran === 0 && units.length > 0 && unknown === units.length);
  return (
    (ran > 0 || (isLoaded && !isBlind && units.length === 0) ? State.RAN : 0) |
    (isUnknown ? State.UNKNOWN : 0) |
    (isLoaded ? 0 : State.NOT_LOADED) |
    (isCompared && isLoaded && !wasLoaded ? State.ADDED : 0) |
    (isCompared && !isLoaded && wasLoaded ? State.REMOVED : 0)
  );
} // prettier-ignore

/** Columns that the run measured; NaN where it does not know the function. */
function metricsOf(
  { measured }: RunRows,
  units: readonly Unit[],
  rowOf: (unit: Unit) => FunctionRow | undefined,
  flags: ReadonlyMap<string, number>,
): MetricColumns {
  const column = (value: (row: FunctionRow) => number): Float64Array =>
    Float64Array.from(units, (unit) => {
      const row = rowOf(unit);
      return row === undefined ? NaN : value(row);
    });
  return {
    ...(measured.times && {
      self: column((row) => row.self ?? 0),
      total: column((row) => row.total ?? 0),
    }),
    calls: column((row) => row.calls),
    errors: column((row) => row.errors),
    coverage: column((row) => row.coverage ?? (row.isUnwatched && row.calls === 0 ? NaN : Math.min(1, row.calls))),
    ...(flags.size > 0 && { flags: Float64Array.from(units, ({ id }) => flags.get(id) ?? 0) }),
    ...(measured.cpu && { cpu: column((row) => row.cpu) }),
    ...(measured.heap && { heap: column((row) => row.heap) }),
  };
} // prettier-ignore

/** Sums; of `total` the greatest, as calls within each other would count twice; of `coverage` the mean of what is known. */
function moduleMetrics(
  columns: MetricColumns,
  bodyOf: (module: number) => FunctionRow | undefined,
  first: Uint32Array,
  count: Uint32Array,
): MetricColumns {
  const folded = METRICS.flatMap((metric): [Metric, Float64Array][] => {
    const column = columns[metric];
    if (column === undefined) return [];
    const ofBody = (at: number): number => (metric === 'coverage' || metric === 'flags' ? NaN : (bodyOf(at)?.[metric] ?? NaN));
    return [[metric, Float64Array.from(first, (from, at) => folding(metric, ofBody(at), column, from, from + count[at]))]];
  });
  return Object.fromEntries(folded);
} // prettier-ignore

/** Of a body's value and those of a part of a column; NaN: none is known. */
function folding(metric: Metric, body: number, column: Float64Array, from: number, to: number): number {
  let [sum, most, known] = Number.isNaN(body) ? [0, 0, 0] : [body, body, 1];
  for (let at = from; at < to; at++) {
    const value = column[at];
    if (Number.isNaN(value)) continue;
    sum += value;
    most = Math.max(most, value);
    known++;
  }
  if (known === 0) return NaN;
  if (metric === 'coverage') return sum / known;
  return metric === 'total' ? most : sum;
}

/** What is before each: 0, a, a + b, … */
function running(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count) - count);
}

function sumOf(from: number, count: number, value: (n: number) => number): number {
  let sum = 0;
  for (let n = from; n < from + count; n++) sum += value(n);
  return sum;
}
