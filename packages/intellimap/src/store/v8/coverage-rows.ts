/** What V8 counted in all threads of a run → rows: counts of functions, and of blocks in them that were passed more or less often. Pure. */
import type { Site } from '../../base/recording.ts';
import type { RowOf } from '../../schema/index.ts';
import { added, type Blocks, blocksOf } from './blocks.ts';
import { countedRows } from './counted-rows.ts';
import type { ProcessTexts } from './scripts.ts';
import type { TextPlaces } from './text-places.ts';
import { type Traced, TracedSum } from './traced-coverage.ts';

interface CoveredFunction {
  functionName: string;
  ranges: { startOffset: number; endOffset: number; count: number }[];
}

/** A part, as V8 gives it. */
export interface CoveragePart {
  result: {
    scriptId: string;
    url: string;
    /** Of a page: whoever wrote this knew where its functions are from; same text, same key. */
    text?: string;
    functions: (CoveredFunction & Partial<Traced>)[];
  }[];
}

interface Counted {
  places: TextPlaces;
  site: Site;
  count: number;
  blocks: Blocks;
}

type Row = RowOf<'coverage'>;

export class CoverageSum {
  /** By text and ordinal of the function. */
  readonly #counted = new Map<TextPlaces, Map<number, Counted>>();
  readonly #traced = new TracedSum();

  add({ result }: CoveragePart, texts: ProcessTexts): void {
    for (const { url, text, functions } of result) {
      if (text !== undefined) {
        this.#traced.add(text, functions);
        continue;
      }
      const fit = (places: TextPlaces): number =>
        functions.filter(({ ranges: [whole] }) => ordinalOf(places, whole) !== undefined).length;
      const places = texts.find(url, fit);
      if (places === undefined) continue;
      for (const each of functions) this.#addFunction(places, each);
    }
  }

  #addFunction(places: TextPlaces, { ranges }: CoveredFunction): void {
    const [whole] = ranges;
    const ordinal = ordinalOf(places, whole);
    if (ordinal === undefined) return;
    const ofText = this.#counted.get(places) ?? new Map<number, Counted>();
    this.#counted.set(places, ofText);
    const blocks = blocksOf(
      ranges.map(({ startOffset, endOffset, count }) => ({
        start: places.given(startOffset),
        end: places.givenEnd(endOffset),
        count,
      })),
    );
    const known = ofText.get(ordinal);
    ofText.set(ordinal, {
      places,
      site: places.site(ordinal),
      count: (known?.count ?? 0) + whole.count,
      blocks: known === undefined ? blocks : added(known.blocks, blocks),
    });
  }

  /** A file may have run in several versions, or processes: what is at one place is counted together. */
  rows(run: string): Row[] {
    const byPlace = new Map<string, Row>();
    const add = (row: Row): void => {
      const { ast_node_id, kind, line, column, end_line, end_column } = row;
      const key = `${ast_node_id} ${kind} ${line} ${column} ${end_line} ${end_column}`;
      const known = byPlace.get(key);
      if (known === undefined) byPlace.set(key, row);
      else known.count += row.count;
    };
    for (const ofText of this.#counted.values())
      for (const counted of ofText.values()) for (const row of rowsOf(run, counted)) add(row);
    for (const row of this.#traced.rows(run)) add(row);
    return [...byPlace.values()];
  }
}

const ordinalOf = (places: TextPlaces, { startOffset, endOffset }: CoveredFunction['ranges'][0]) =>
  places.functionFrom(startOffset, endOffset);

function rowsOf(run: string, { places, site, count, blocks }: Counted): Row[] {
  const facts = { run_id: run, path: places.table.path, name: site.name, ast_node_id: site.id };
  return countedRows({ facts, area: site, count, blocks }, (from, to) => {
    const [first, last] = [places.place(from), places.place(to - 1)];
    return first && last && [first, last];
  });
}
