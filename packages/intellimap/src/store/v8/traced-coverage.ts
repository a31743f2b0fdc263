/** Counts of functions whose places somebody led back before: those of pages. The same function may have been counted in several parts. Pure. */
import type { RowOf } from '../../schema/index.ts';
import { added, type Blocks, blocksOf } from './blocks.ts';

/** Where a function is from. Recordings are not to be trusted: fields may hold anything. */
export interface Traced {
  source: {
    path: string;
    id: string;
    name: string;
    line: number;
    column: number;
    endLine: number;
    endColumn: number;
  };
  /** Offset → where that is in the file, and where the character before it is. */
  places: Record<number, [line: number, column: number, lastLine: number, lastColumn: number]>;
}

interface CoveredFunction extends Partial<Traced> {
  ranges: { startOffset: number; endOffset: number; count: number }[];
}

type Row = RowOf<'coverage'>;

interface Counted extends Traced {
  count: number;
  blocks: Blocks;
}

export class TracedSum {
  /** By text, and where in it the function is. */
  readonly #counted = new Map<string, Counted>();

  add(text: string, functions: readonly CoveredFunction[]): void {
    for (const { ranges, source, places } of functions) {
      const [whole] = ranges;
      if (source === undefined || whole === undefined || !isSource(source)) continue;
      const key = `${text} ${whole.startOffset} ${whole.endOffset}`;
      const known = this.#counted.get(key);
      const blocks = blocksOf(
        ranges.map(({ startOffset, endOffset, count }) => ({ start: startOffset, end: endOffset, count })),
      );
      this.#counted.set(key, {
        source,
        places: { ...known?.places, ...places },
        count: (known?.count ?? 0) + whole.count,
        blocks: known === undefined ? blocks : added(known.blocks, blocks),
      });
    }
  }

  rows(run: string): Row[] {
    return [...this.#counted.values()].flatMap((counted) => rowsOf(run, counted));
  }
}

function isSource({ path, id, name, line, column, endLine, endColumn }: Traced['source']): boolean {
  return (
    [path, id, name].every((each) => typeof each === 'string') &&
    [line, column, endLine, endColumn].every((each) => Number.isInteger(each) && each >= 0 && each < 2 ** 31)
  );
}

const isPlace = (place: unknown): place is Traced['places'][number] =>
  Array.isArray(place) && place.length === 4 && place.every((each) => Number.isInteger(each));

function rowsOf(run: string, { source, places, count, blocks }: Counted): Row[] {
  const { path, id, name, line, column, endLine, endColumn } = source;
  const shared = { run_id: run, source: 'v8', path, name, ast_node_id: id };
  const whole: Row = {
    ...shared,
    kind: 'function',
    line,
    column,
    end_line: endLine,
    end_column: endColumn,
    count,
  };
  const others = blocks.count.flatMap((times, n): Row[] => {
    const from = places[blocks.at[n]];
    const last = places[blocks.at[n + 1]];
    if (times === count || !isPlace(from) || !isPlace(last)) return [];
    const [startLine, startColumn] = from;
    const [, , lastLine, lastColumn] = last;
    if (startLine > lastLine || (startLine === lastLine && startColumn > lastColumn)) return [];
    return [
      {
        ...shared,
        kind: 'block',
        line: startLine,
        column: startColumn,
        end_line: lastLine,
        end_column: lastColumn + 1,
        count: times,
      },
    ];
  });
  return [whole, ...others];
}
