/** Ids in results are links: which cell of a row leads where. Pure. */
import type { Place } from '../../state/moments.ts';
import type { SqlAnswer } from './asking.ts';

type Row = SqlAnswer['rows'][number];

export type Link = { kind: 'place'; place: Place } | { kind: 'run'; run: string };

/** Columns that hold a time of the run, µs. */
const isTime = (name: string): boolean => /^(?:start|end|first|last|at|sent|arrived)_us$|^t$|^at$/.test(name);
const isFunctionId = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z]{2}:[^\n]+#/.test(value);

export function linkOf(columns: readonly string[], row: Row, column: number): Link | null {
  const name = columns[column];
  const value = row[column];
  if (value === null || value === undefined) return null;
  const of = (wanted: string): Row[number] | undefined => row[columns.indexOf(wanted)];
  const thread = number(of('thread_id'));
  if ((name === 'run_id' || (name === 'id' && columns.includes('tier'))) && typeof value === 'string')
    return { kind: 'run', run: value };
  if (isFunctionId(value)) return { kind: 'place', place: { function: value, path: text(of('path')), line: number(of('line')) } }; // prettier-ignore
  if (isTime(name) && typeof value === 'number')
    return { kind: 'place', place: { t: value, thread, ...callOf(of('call_id'), thread) } };
  if (name === 'call_id' && thread !== null) {
    const t = number(of('start_us'));
    return { kind: 'place', place: { ...callOf(value, thread), thread, ...(t !== null && { t }) } };
  }
  if (/(?:^|_)path$/.test(name) && typeof value === 'string') {
    const line = number(of(name.replace(/path$/, 'line')));
    const id = of(name === 'path' ? 'ast_node_id' : name.replace(/_path$/, ''));
    return { kind: 'place', place: { path: value, line, ...(isFunctionId(id) && { function: id }) } };
  }
  if (name === 'name' && isFunctionId(of('ast_node_id')))
    return { kind: 'place', place: { function: of('ast_node_id') as string, path: text(of('path')), line: number(of('line')) } }; // prettier-ignore
  return null;
}

const callOf = (call: unknown, thread: number | null): Place =>
  thread === null || (typeof call !== 'number' && typeof call !== 'string')
    ? {}
    : { call: `${thread}.${call}` };
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
