/** Places that V8 says of a text that ran → functions and places of its file. Pure. */
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { lastUpTo, lowest } from '../../base/search.ts';
import type { MovedText, Site, SiteTable } from '../../base/recording.ts';

/** Offset in the text that ran, with our insertions. */
export type RanOffset = number;
/** Offset in the text that was given to be instrumented. */
export type GivenOffset = number;

/** Line from 1, column from 0, in the file on disk. */
export interface FilePlace {
  line: number;
  column: number;
}

export class TextPlaces {
  readonly table: SiteTable;
  readonly #text: MovedText;
  /** Characters inserted before the n-th insertion; one more than there are. */
  readonly #before: number[] = [0];
  readonly #functions: { ordinal: number; start: GivenOffset; body: GivenOffset; end: GivenOffset }[] = [];
  #tracer: TraceMap | undefined;

  constructor(text: MovedText, table: SiteTable) {
    this.#text = text;
    this.table = table;
    text.length.forEach((length, index) => this.#before.push(this.#before[index] + length));
    for (let n = 0; n < text.functions.length; n += 4) {
      const [ordinal, start, body, end] = text.functions.slice(n, n + 4);
      this.#functions.push({ ordinal, start, body, end });
    }
  }

  /** Of what was inserted: the place of what follows. */
  given(ran: RanOffset): GivenOffset {
    const { at } = this.#text;
    const next = lowest(at.length, (n) => at[n] + this.#before[n] > ran);
    return next === 0 ? ran : Math.max(at[next - 1], ran - this.#before[next]);
  }

  /** Of an end, exclusive: what was inserted in front of it is not part of it. */
  givenEnd(ran: RanOffset): GivenOffset {
    const { at } = this.#text;
    const next = lowest(at.length, (n) => at[n] + this.#before[n] >= ran);
    return next === 0 ? ran : Math.max(at[next - 1], ran - this.#before[next]);
  }

  /** Line and column as V8 says them, both from 0. */
  ran(line: number, column: number): RanOffset | undefined {
    const { startLine, startColumn, lines, at } = this.#text;
    const own = line - startLine;
    if (own < 0 || own >= lines.length) return undefined;
    const before = this.#before[lowest(at.length, (n) => at[n] >= lines[own])];
    return lines[own] + before + column - (own === 0 ? startColumn : 0);
  }

  /** The function whose head (all in front of its body) this is in, the innermost; ordinal 0 is the module, which begins where its text does. */
  functionAt(ran: RanOffset): number | undefined {
    const place = this.given(ran);
    if (place <= this.#text.wrapper) return 0;
    const found = this.#functions.findLast(
      ({ ordinal, start, body }) => ordinal > 0 && start <= place && place <= body,
    );
    return found?.ordinal;
  }

  /** The function that is told to go from here to there. */
  functionFrom(start: RanOffset, end: RanOffset): number | undefined {
    const [from, to] = [this.given(start), this.givenEnd(end)];
    const [module] = this.#functions;
    const { wrapper } = this.#text;
    if (
      module !== undefined &&
      to >= module.end &&
      (wrapper === 0 ? from === 0 : from > 0 && from <= wrapper)
    )
      return 0;
    return this.#functions.findLast(
      (each) => each.ordinal > 0 && each.start <= from && from <= each.body && each.end === to,
    )?.ordinal;
  }

  site(ordinal: number): Site {
    return this.table.sites[ordinal];
  }

  /** Undefined: nothing that somebody wrote. @param bias of compiled text: whether what follows counts where nothing is mapped */
  place(offset: GivenOffset): FilePlace | undefined {
    const { lines, mappings, wrapper } = this.#text;
    const index = lastUpTo(lines, offset);
    const line = index + 1;
    const column = Math.max(0, offset - lines[index] - (index === 0 ? wrapper : 0));
    if (mappings === undefined) return { line, column };
    this.#tracer ??= new TraceMap({ version: 3, sources: [''], names: [], mappings });
    const exact = originalPositionFor(this.#tracer, { line, column });
    const found =
      exact.line === null
        ? originalPositionFor(this.#tracer, { line, column, bias: LEAST_UPPER_BOUND })
        : exact;
    return found.line === null ? undefined : { line: found.line, column: found.column };
  }
}
