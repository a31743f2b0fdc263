/** Errors of all threads → rows of `errors`: one for each (name, message, place, kind, signature). */
import { signed } from './error-signature.ts';
import type { RowOf } from '../schema/index.ts';
import type { Program, ProcessMap } from './program-sites.ts';
import type { ThreadResult } from './replay-thread.ts';
import type { SeenError, StackLine } from './replay/errors.ts';
import type { Escape } from './replay/escapes.ts';
import type { TaskKeeper } from './replay/tasks.ts';
import { type ErrorText, isPrimitive, type UncaughtNote } from './thread-notes.ts';
import { placesIn, type StackPlace } from './v8-stack.ts';

type ErrorRow = RowOf<'errors'>;

const UNKNOWN: ErrorText = { name: 'unknown', message: '', causes: [] };
const CAUGHT_NOTE =
  'first seen by this catch clause: it was thrown by code that is not recorded, or by the language itself';
const PRIMITIVE_NOTE =
  'no throw of it was seen before this catch clause: code that is not recorded threw it, a promise handed it on, or it was caught before';

/** What a thread's errors are told by. */
interface Facts {
  run: string;
  startedMicros: number;
  program: Program;
  result: ThreadResult;
  sites: ProcessMap;
  tasks: TaskKeeper;
}

export function errorRows(
  run: string,
  startedMicros: number,
  program: Program,
  threads: readonly { result: ThreadResult; sites: ProcessMap }[],
  tasks: TaskKeeper,
): ErrorRow[] {
  const rows = new Map<string, ErrorRow>();
  for (const { result, sites } of threads) {
    const facts: Facts = { run, startedMicros, program, result, sites, tasks };
    const own = result.replay.errors().map((seen) => seenRow(seen, facts));
    const flying = result.replay.flyingPrimitives();
    for (const note of result.uncaught) nobodyCaught(own, note, matchThrow(note, flying), facts);
    for (const row of own) merge(rows, row);
  }
  return [...rows.values()];
}

function merge(rows: Map<string, ErrorRow>, row: ErrorRow): void {
  const key = JSON.stringify([
    row.name,
    row.message,
    row.ast_node_id,
    row.path,
    row.line,
    row.kind,
    row.signature,
  ]);
  const known = rows.get(key);
  if (known === undefined) rows.set(key, row);
  else known.count += row.count;
}

function seenRow(seen: SeenError, { run, startedMicros, program, result, sites, tasks }: Facts): ErrorRow {
  const place = sites.place(seen.site);
  const text = result.errorTexts.get(seen.text) ?? UNKNOWN;
  const { name, message, causes } = text;
  const node = place?.site.id ?? null;
  const frames = seen.stack.flatMap(({ fn }) => program.functions[fn - 1]?.site.id ?? []);
  return {
    run_id: run,
    path: place?.table.path ?? null,
    name,
    message,
    count: seen.count,
    stack: seen.stack.map((line) => stackLine(program, sites, line)).join('\n'),
    kind: seen.kind,
    ast_node_id: node,
    function: program.functions[sites.functionOf[seen.site] - 1]?.site.id ?? null,
    line: place?.site.line ?? null,
    column: place?.site.column ?? null,
    first_us: seen.first - startedMicros,
    thread_id: result.number,
    task_id: seen.task > 0 ? tasks.idOf(result.number, seen.task) : null,
    note: seen.kind !== 'caught' ? null : isPrimitive(text) ? PRIMITIVE_NOTE : CAUGHT_NOTE,
    // Who called is not the same for all of them beyond a limit.
    ...signed({ name, message, causes, place: node, frames: seen.caller < 0 ? frames.slice(0, 1) : frames }),
    causes: causes.length > 0 ? JSON.stringify(causes) : null,
  };
}

function stackLine(program: Program, sites: ProcessMap, { fn, site, awaiting }: StackLine): string {
  const known = program.functions[fn - 1];
  if (known === undefined) return '(unknown)';
  const place = sites.place(site);
  const line = place !== null && place.table.path === known.path ? place.site.line : known.site.line;
  return `${awaiting ? 'async ' : ''}${known.site.name} (${known.path}:${line})`;
}

/** Whether its `throw` was seen, which is then matched. @param flying primitives of the thread that were thrown and not caught; one less afterwards */
function matchThrow({ error }: UncaughtNote, flying: Map<number, number>): boolean {
  const count = flying.get(error >>> 1) ?? 0;
  if (count > 0) flying.set(error >>> 1, count - 1);
  return count > 0 || (error & 1) === 0;
}

/** An uncaught error that was seen at its `throw` turns that row into `uncaught`; else it gets a row of its own. */
function nobodyCaught(rows: ErrorRow[], note: UncaughtNote, isSeen: boolean, facts: Facts): void {
  const { run, startedMicros, program, result, sites, tasks } = facts;
  const { name, message, stack } = note;
  const { causes } = result.errorTexts.get(note.error >>> 1) ?? UNKNOWN;
  const places = placesIn(stack, program, sites);
  const place = places[0];
  const same = rows.filter((row) => row.name === name && row.message === message && row.kind !== 'uncaught');
  const seen =
    same.length > 1 ? same.find((row) => row.path === place?.path && row.line === place?.line) : same[0];
  if (isSeen && seen !== undefined) {
    if (seen.count === 1) Object.assign(seen, { kind: 'uncaught', stack: stack || seen.stack });
    else {
      seen.count--;
      rows.push({ ...seen, count: 1, kind: 'uncaught', stack: stack || seen.stack, note: null });
    }
    return;
  }
  const from = cameFrom(note, places, facts);
  const fn = program.functions[(from?.fn ?? 0) - 1];
  const task = from === undefined ? 0 : tasks.idOf(result.number, from.task);
  if (task > 0 && (note.error & 1) === 1) tasks.failed(result.number, task);
  const first = from?.at ?? note.micros;
  rows.push({
    run_id: run,
    path: place?.path ?? fn?.path ?? null,
    name,
    message,
    count: 1,
    stack,
    kind: 'uncaught',
    ast_node_id: null,
    function: place?.function ?? fn?.site.id ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    first_us: Number.isFinite(first) ? first - startedMicros : null,
    thread_id: result.number,
    task_id: task > 0 ? task : null,
    note: null,
    ...signed({ name, message, causes, place: null, frames: places.flatMap((each) => each.function ?? []) }),
    causes: causes.length > 0 ? JSON.stringify(causes) : null,
  });
}

/** The call that it left first. Where V8's trace has recorded functions, this must be one of them: else code that is not recorded caught one error, and threw another. */
function cameFrom(
  { micros, isRejection }: UncaughtNote,
  places: readonly StackPlace[],
  { program, result }: Facts,
): Escape | undefined {
  const from = isRejection ? undefined : result.replay.escapeUntil(micros);
  if (from === undefined) return undefined;
  const known = places.flatMap((place) => place.function ?? []);
  const id = program.functions[from.fn - 1]?.site.id;
  return (known.length === 0 ? from.isSure : id !== undefined && known.includes(id)) ? from : undefined;
}
