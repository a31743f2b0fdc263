/** Counts of functions whose places somebody led back before: those of pages. The same function may have been counted in several parts. Pure. */
import type { RowOf } from '../../schema/index.ts';
import { added, type Blocks, blocksOf } from './blocks.ts';
import { countedRows, type Place } from './counted-rows.ts';

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

/** What a column of `coverage` holds. */
const isNumber = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31 - 1;

const isSource = ({ path, id, name, line, column, endLine, endColumn }: Traced['source']): boolean =>
  [path, id, name].every((each) => typeof each === 'string') &&
  [line, column, endLine, endColumn].every(isNumber);

/** @param at 0: where an offset is; 2: where the character before it is */
function placeIn(place: unknown, at: 0 | 2): Place | undefined {
  if (!Array.isArray(place)) return undefined;
  const [line, column] = place.slice(at, at + 2) as unknown[];
  return isNumber(line) && isNumber(column) ? { line: line as number, column: column as number } : undefined;
}

function rowsOf(run: string, { source, places, count, blocks }: Counted): Row[] {
  const { path, id, name } = source;
  const facts = { run_id: run, path, name, ast_node_id: id };
  return countedRows({ facts, area: source, count, blocks }, (from, to) => {
    const [first, last] = [placeIn(places[from], 0), placeIn(places[to], 2)];
    return first && last && [first, last];
  });
}
