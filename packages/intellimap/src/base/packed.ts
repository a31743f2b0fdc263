/**
 * Nested data with typed arrays in it, as columns over the wire: the arrays become columns named by their place (`facts.modules.ran`),
 * all else stays in the head.
 *
 * ```
 * { run: 'r1', modules: { path: ['a.ts'], ran: Uint32Array [3] } }
 *   →  head { run: 'r1', modules: { path: ['a.ts'] } } · columns { 'modules.ran': Uint32Array [3] }
 * ```
 * Names with a point in them, and typed arrays within ordinary arrays, are not possible.
 */
import type { Column, ColumnsOf } from './columns.ts';

/** What `unpacked` makes a `T` of. */
export interface Packed<T> extends ColumnsOf<unknown, Record<string, Column>> {
  /** Never there: it keeps the type. */
  of?: T;
}

type Tree = { [name: string]: unknown };

export function packed<T extends object>(value: T): Packed<T> {
  const columns: Record<string, Column> = {};
  return { head: withoutColumns(value as Tree, '', columns), columns };
}

/** @returns data whose typed arrays are those of the answer, not copied */
export function unpacked<T>({ head, columns }: Packed<T>): T {
  const whole = copied(head as Tree);
  for (const [name, column] of Object.entries(columns)) {
    const steps = name.split('.');
    const last = steps.pop()!;
    let place = whole;
    for (const step of steps) place = place[step] as Tree;
    place[last] = column;
  }
  return whole as T;
}

function withoutColumns(tree: Tree, prefix: string, columns: Record<string, Column>): Tree {
  const rest: Tree = {};
  for (const [name, value] of Object.entries(tree))
    if (ArrayBuffer.isView(value)) columns[prefix + name] = value as Column;
    else rest[name] = isTree(value) ? withoutColumns(value, `${prefix}${name}.`, columns) : value;
  return rest;
}

/** What the columns are put into; lists and texts stay those of the answer. */
const copied = (tree: Tree): Tree =>
  Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [name, isTree(value) ? copied(value) : value]),
  );

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
