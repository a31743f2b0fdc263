/** What a setting of `intellimap.config.ts` is. Settings are written once, as data; types, checks, defaults and `docs/configuration.md` follow from it. */

interface Described {
  /** What it does, as a sentence. */
  doc: string;
  unit?: string;
}

export type Setting = Described &
  (
    | { type: 'number'; default: number | null; min?: number; max?: number }
    | { type: 'boolean'; default: boolean }
    | { type: 'string'; default: string | null; words?: readonly string[] }
    | { type: 'strings'; default: readonly string[] }
  );

/** Settings of one section, by name. */
export type Section = Record<string, Setting>;

type ValueOf<S extends Setting> = S extends { type: 'number'; default: infer D }
  ? D extends null
    ? number | null
    : number
  : S extends { type: 'boolean' }
    ? boolean
    : S extends { type: 'string'; default: infer D; words?: readonly (infer W)[] }
      ? (unknown extends W ? string : W & string) | (D extends null ? null : never)
      : readonly string[];

/** Values of a section, all there. */
export type ValuesOf<S extends Section> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** Values that hold where nobody says otherwise. */
export const defaultsOf = <S extends Section>(section: S): ValuesOf<S> =>
  Object.fromEntries(
    Object.entries(section).map(([name, setting]) => [name, setting.default]),
  ) as ValuesOf<S>;
