/** A function that V8 counted, and the pieces of it that were not passed as often → rows of `coverage`. Pure. */
import type { RowOf } from '../../schema/index.ts';
import type { Blocks } from './blocks.ts';

type Row = RowOf<'coverage'>;

/** Lines from 1, columns from 0. */
export interface Place {
  line: number;
  column: number;
}

/** The end is behind the last character. */
export interface Area extends Place {
  endLine: number;
  endColumn: number;
}

export interface CountedFunction {
  /** Of the run, the file and the function. */
  facts: Pick<Row, 'run_id' | 'path' | 'name' | 'ast_node_id'>;
  area: Area;
  count: number;
  blocks: Blocks;
}

/** @param placesOf where a piece begins, and its last character; undefined: nobody knows. @param from,to offsets */
export function countedRows(
  { facts, area, count, blocks }: CountedFunction,
  placesOf: (from: number, to: number) => readonly [Place, Place] | undefined,
): Row[] {
  const rowOf = (kind: Row['kind'], { line, column, endLine, endColumn }: Area, times: number): Row => ({
    ...facts,
    source: 'v8',
    kind,
    line,
    column,
    end_line: endLine,
    end_column: endColumn,
    count: times,
  });
  const pieces = blocks.count.flatMap((times, n): Row[] => {
    const places = times === count ? undefined : placesOf(blocks.at[n], blocks.at[n + 1]);
    if (places === undefined) return [];
    const [first, last] = places;
    if (first.line > last.line || (first.line === last.line && first.column > last.column)) return [];
    return [rowOf('block', { ...first, endLine: last.line, endColumn: last.column + 1 }, times)];
  });
  return [rowOf('function', area, count), ...pieces];
}
