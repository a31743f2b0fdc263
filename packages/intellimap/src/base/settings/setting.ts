/** What a setting of `intellimap.config.ts` is. Settings are written once, as data; types, checks, defaults and `docs/configuration.md` follow from it. */

interface Described {
  /** What it does, as a sentence. */
  doc: string;
  unit?: string;
}

export type Setting = Described &
  (
    | {
        type: 'number';
        default: number | string | null;
        min?: number;
        max?: number;
        /** The number is greater than this. */
        above?: number;
        whole?: boolean;
        /** Words that may stand in place of a number. */
        words?: readonly string[];
      }
    | { type: 'boolean'; default: boolean }
    | {
        type: 'string';
        default: string | null;
        words?: readonly string[];
        /** `age`: `30d`, `12h` · `size`: `2G`, `500M`; see `units.ts`. */
        form?: 'age' | 'size';
      }
    | { type: 'strings'; default: readonly string[] }
  );

/** Settings of one section, by name. */
export type Section = Record<string, Setting>;

type OrNull<D> = null extends D ? null : never;
type WordOf<S> = S extends { words: readonly (infer W)[] } ? W : never;

type ValueOf<S extends Setting> = S extends { type: 'number'; default: infer D }
  ? number | WordOf<S> | OrNull<D>
  : S extends { type: 'boolean' }
    ? boolean
    : S extends { type: 'string'; default: infer D }
      ? (S extends { words: readonly string[] } ? WordOf<S> : string) | OrNull<D>
      : readonly string[];

/** Values of a section, all there. */
export type ValuesOf<S extends Section> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** Values that hold where nobody says otherwise. */
export const defaultsOf = <S extends Section>(section: S): ValuesOf<S> =>
  Object.fromEntries(
    Object.entries(section).map(([name, setting]) => [name, setting.default]),
  ) as ValuesOf<S>;
