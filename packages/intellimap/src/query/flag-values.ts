/** Question: what did properties hold, as far as values of calls were recorded (`run --values`): those of arguments and of `this`, as calls began? */
import { UNSET } from '../base/flag-names.ts';
import type { FlagValue } from './flag-coverage.ts';
import type { Session } from './session.ts';

/** A property that a function reads of an argument of its own, or of `this`: `settings.features.x`. */
export interface ReadProperty {
  reader: string;
  name: string;
}

interface Row {
  reader: string;
  run: string;
  isShown: boolean;
  /** Of the argument; null: `this`. */
  name: string | null;
  preview: string;
  calls: number;
}

/** Values that are looked through: of functions that are called very often, each has many. */
const MAX_VALUES = 20_000;

/** @returns by name of the property, most often read first; those of which nothing is recorded are absent */
export async function propertyValues({ db }: Session, properties: readonly ReadProperty[]): Promise<Map<string, FlagValue[]>> {
  const rows = properties.length === 0 ? [] : await db.all<Row>(
    `SELECT f.ast_node_id AS reader, v.run_id AS run, v.run_id = (SELECT id FROM runs) AS "isShown", v.name, v.preview, count(*)::BIGINT AS calls
     FROM all_runs.call_values v JOIN all_runs.calls c USING (run_id, thread_id, call_id) JOIN all_runs.functions f USING (run_id, function_id)
     WHERE v.role IN ('argument', 'this') AND f.ast_node_id IN (SELECT unnest(from_json($readers::JSON, '["VARCHAR"]')))
     GROUP BY ALL ORDER BY ALL LIMIT ${MAX_VALUES}`,
    { readers: JSON.stringify([...new Set(properties.map(({ reader }) => reader))]) },
  );
  const found = new Map<string, Map<string, { reads: number; runs: Set<string> }>>();
  const seen = new Set<string>();
  for (const { reader, name } of properties)
    for (const row of rows) {
      const value = row.reader === reader ? valueIn(row, name) : undefined;
      // Two places of one function read the same argument once.
      const key = JSON.stringify([reader, name, row.run, row.name, row.preview]);
      if (value === undefined || seen.has(key)) continue;
      seen.add(key);
      const values = found.get(name) ?? new Map<string, { reads: number; runs: Set<string> }>();
      const facts = values.get(value) ?? { reads: 0, runs: new Set() };
      facts.reads += row.isShown ? row.calls : 0;
      facts.runs.add(row.run);
      found.set(name, values.set(value, facts));
    }
  return new Map([...found].map(([name, values]) => [name,
    [...values].map(([value, { reads, runs }]): FlagValue => ({ value, reads, runs: runs.size, branches: [] })).toSorted((a, b) => b.reads - a.reads || (a.value < b.value ? -1 : 1))]));
} // prettier-ignore

/** As JSON; undefined: the value is of something else, or was not recorded that far. */
function valueIn({ name, preview }: Pick<Row, 'name' | 'preview'>, property: string): string | undefined {
  const holder = name ?? 'this';
  if (property !== holder && !property.startsWith(`${holder}.`)) return undefined;
  const path = property.slice(holder.length + 1).split('.').filter(Boolean); // prettier-ignore
  let value: unknown = parsed(preview);
  for (const key of path) {
    const found = propsOf(value);
    if (found === undefined || !(found.isPlain || Object.hasOwn(found.props, key))) return undefined;
    value = Object.hasOwn(found.props, key) ? found.props[key] : { $: 'undefined' };
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return '$' in value && value.$ === 'undefined' ? UNSET : undefined;
}

/** Of a preview of an object; `isPlain`: what is not there is not there, as nothing was left out and no class has it. */
function propsOf(value: unknown): { props: Record<string, unknown>; isPlain: boolean } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (!('$' in value)) return { props: value as Record<string, unknown>, isPlain: true };
  const { props } = value as { props?: Record<string, unknown> };
  if (value.$ !== 'object' || props === undefined) return undefined;
  return { props, isPlain: !('size' in value) && !('class' in value) };
}

function parsed(preview: string): unknown {
  try {
    return JSON.parse(preview);
  } catch {
    return { $: 'cut' };
  }
}
