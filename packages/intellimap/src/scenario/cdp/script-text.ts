/** A script as the page got it: offsets → places, and where those come from by its source map. Pure. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { lastUpTo } from '../../base/search.ts';

/** Lines from 1, columns from 0 (UTF-16 units). */
export interface Place {
  line: number;
  column: number;
}

export interface Original extends Place {
  /** Index of `sources`. */
  source: number;
}

export interface MappedSource {
  /** As the map resolves it: a URL or path. */
  url: string;
  text: string | undefined;
}

export class ScriptText {
  readonly url: string;
  readonly text: string;
  /** Those of the map; without one, the script itself. */
  readonly sources: MappedSource[];
  readonly #starts: number[] = [0];
  readonly #map: TraceMap | undefined;

  /** @param map undefined: nothing was compiled @param mapUrl what names in the map are relative to */
  constructor(url: string, text: string, map: unknown, mapUrl: string) {
    this.url = url;
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    this.#map = map === undefined ? undefined : traceMap(map, mapUrl);
    const traced = this.#map;
    this.sources =
      traced === undefined
        ? [{ url, text }]
        : traced.resolvedSources.map((each, index) => ({
            url: each,
            text: traced.sourcesContent?.[index] ?? undefined,
          }));
  }

  get isMapped(): boolean {
    return this.#map !== undefined;
  }

  placeOf(offset: number): Place {
    const line = lastUpTo(this.#starts, offset);
    return { line: line + 1, column: offset - this.#starts[line] };
  }

  /** Undefined: nobody wrote it. */
  originalOf(place: Place): Original | undefined {
    if (this.#map === undefined) return { ...place, source: 0 };
    const { source, line, column } = originalPositionFor(this.#map, place);
    if (source === null) return undefined;
    const index = this.#map.resolvedSources.indexOf(source);
    return index < 0 ? undefined : { source: index, line, column };
  }

  originalAt = (offset: number): Original | undefined => this.originalOf(this.placeOf(offset));
}

/** Undefined: it is none, or damaged. */
function traceMap(map: unknown, url: string): TraceMap | undefined {
  try {
    const traced = new TraceMap(map as string, url);
    // Decodes, so that a damaged one fails here.
    originalPositionFor(traced, { line: 1, column: 0 });
    return traced;
  } catch {
    return undefined;
  }
}
