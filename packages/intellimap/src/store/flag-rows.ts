/** What functions that are asked for feature flags were given and gave back → rows of `flags`. */
import { UNSET } from '../base/flag-names.ts';
import type { RowOf } from '../schema/index.ts';
import type { ReplayedRun } from './replay-run.ts';

type FlagRow = RowOf<'flags'>;

export function flagRows(run: ReplayedRun): FlagRow[] {
  const { id, flags } = run.folder.run;
  if (flags === undefined) return [];
  return [...askedRows(run, new RegExp(flags.functions, 's')), ...environmentRows(id, flags.environment)];
}

function environmentRows(run: string, environment: object | undefined): FlagRow[] {
  // A file of anybody: what is no text is taken for not set.
  return Object.entries<unknown>({ ...environment }).map(([name, value]) => ({
    run_id: run,
    name,
    source: 'environment',
    reader: null,
    value: typeof value === 'string' ? JSON.stringify(value) : UNSET,
    reads: 1,
  }));
}

function askedRows(run: ReplayedRun, named: RegExp): FlagRow[] {
  const readers = readersOf(run, named);
  const asked = new Map<string, { reader: string; name?: string; value?: string }>();
  for (const { thread, call, role, position, nth, type, preview } of run.sinks.values.calls) {
    const key = `${thread} ${call}`;
    const reader = readers.get(key);
    if (reader === undefined) continue;
    const so = asked.get(key) ?? { reader };
    asked.set(key, so);
    if (role === 'argument' && position === 0 && nth === 0 && type === 'string') so.name = textIn(preview);
    else if (role === 'result') so.value = preview;
  }
  for (const [key, value] of givenLater(run, asked)) asked.get(key)!.value = value;
  const rows = new Map<string, FlagRow>();
  for (const { reader, name, value } of asked.values()) {
    if (name === undefined || value === undefined) continue;
    const key = JSON.stringify([name, reader, value]);
    const row = rows.get(key);
    if (row !== undefined) row.reads++;
    else rows.set(key, { run_id: run.folder.run.id, name, source: 'call', reader, value, reads: 1 });
  }
  return [...rows.values()];
}

/** Callers between an async function and the generator that a compiler made of its body: helpers such as `__async`. */
const MAX_HELPERS = 6;
const PROMISE = '{"$":"promise"}';

/** Where the answer was a promise, and a call below it was looked at, too: what that one gave. `thread call` of the answer → value. */
function* givenLater(
  { sinks }: ReplayedRun,
  asked: ReadonlyMap<string, { value?: string }>,
): Generator<[string, string]> {
  if (![...asked.values()].some(({ value }) => value === PROMISE)) return;
  const { calls, values } = sinks;
  const parents = new Map<string, string>();
  for (let at = 0; at < calls.size; at++)
    if (!Number.isNaN(calls.parent[at]))
      parents.set(`${calls.thread[at]} ${calls.id[at]}`, `${calls.thread[at]} ${calls.parent[at]}`);
  for (const { thread, call, role, preview } of values.calls) {
    let key: string | undefined = `${thread} ${call}`;
    if (role !== 'result' || asked.has(key)) continue;
    for (let climbed = 0; key !== undefined && climbed < MAX_HELPERS; climbed++) {
      key = parents.get(key);
      if (key === undefined || asked.get(key)?.value !== PROMISE) continue;
      yield [key, preview];
      break;
    }
  }
}

/** `thread call` → ast_node_id of the function, of calls that have a row. */
function readersOf({ program, sinks }: ReplayedRun, named: RegExp): Map<string, string> {
  const ids = new Map(
    program.functions.filter(({ site }) => named.test(site.name)).map(({ no, site }) => [no, site.id]),
  );
  const { calls } = sinks;
  const readers = new Map<string, string>();
  for (let at = 0; at < calls.size; at++) {
    const id = ids.get(calls.fn[at]);
    if (id !== undefined) readers.set(`${calls.thread[at]} ${calls.id[at]}`, id);
  }
  return readers;
}

/** A string's preview is JSON; of one that was cut or is secret, nothing is told. */
function textIn(preview: string): string | undefined {
  try {
    const text: unknown = JSON.parse(preview);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
