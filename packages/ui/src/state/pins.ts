/** Questions in SQL that are pinned into the cinema as tracks: they live in the selection, so a link brings them along, and are asked again. */
import type { Selection } from './url.ts';

export interface Pin {
  name: string;
  sql: string;
}

/** More would leave no room for the lanes; and a URL has an end. */
export const MOST_PINS = 6;

const OPTION = 'pins';

/** What cannot be understood is as if it were not there. */
export function pinsOf({ options }: Pick<Selection, 'options'>): readonly Pin[] {
  const text = options[OPTION];
  if (text === undefined) return NONE;
  let pins = known.get(text);
  if (pins === undefined) {
    pins = read(text);
    known.clear();
    known.set(text, pins);
  }
  return pins;
}

/** As `choose` takes it. */
export const pinsOption = (pins: readonly Pin[]): Record<string, string | null> => ({
  [OPTION]: pins.length === 0 ? null : JSON.stringify(pins.map(({ name, sql }) => [name, sql])),
});

/** With one more: the same question is there once, under its newest name. */
export const withPin = (pins: readonly Pin[], pin: Pin): readonly Pin[] =>
  [...pins.filter(({ sql }) => sql !== pin.sql), pin].slice(-MOST_PINS);

/** What a question is called until a person says otherwise: its first comment, else what it is from. */
export function nameOf(sql: string): string {
  const comment = /^\s*--\s*(\S.*)$/m.exec(sql)?.[1];
  const table = /\bfrom\s+("?)([\w.]+)\1/i.exec(sql)?.[2];
  return (comment ?? table ?? 'query').trim().slice(0, 60);
}

const TIMES = ['ts', 't', 'start_us', 'at_us', 'sent_us', 'first_us'];
const LENGTHS = ['dur', 'duration_us', 'dur_us'];

/** Which columns say when, and how long; null: the rows have no time. */
export function timeColumns(
  columns: readonly string[],
): { at: number; length: number | null; end: number | null } | null {
  const lower = columns.map((name) => name.toLowerCase());
  const first = (names: readonly string[]): number | null => {
    const found = names.map((name) => lower.indexOf(name)).find((at) => at >= 0);
    return found ?? null;
  };
  const at = first(TIMES);
  return at === null ? null : { at, length: first(LENGTHS), end: first(['end_us', 'te', 'end']) };
}

/** What a question lacks that cannot be a track. */
export const NO_TIME =
  'A track needs a column ts, t or start_us, in µs; dur or end_us beside it give bars their length';

const NONE: readonly Pin[] = [];
/** The same list while it is the same text: whoever listens to it is not woken. */
const known = new Map<string, readonly Pin[]>();

function read(text: string): readonly Pin[] {
  try {
    const told: unknown = JSON.parse(text);
    if (!Array.isArray(told)) return NONE;
    return told
      .filter(
        (each): each is [string, string] =>
          Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'string',
      ) // prettier-ignore
      .map(([name, sql]) => ({ name, sql }))
      .slice(0, MOST_PINS);
  } catch {
    return NONE;
  }
}
