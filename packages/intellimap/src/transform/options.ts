/** What a host says about the text it hands over. */
import type { Planned, Tier } from '../base/recording.ts';
import type { Goal, Lang } from './1-parse.ts';
import type { UpstreamMap } from './3-rewrite/map.ts';

export interface Upstream {
  /** Source map from the given text to `source`; it may list other sources, too. */
  map: UpstreamMap;
  source: string;
  path: string;
  lang: Lang;
  values?: ValueNames;
}

/** Whose values are wanted: regular expressions for names of functions. The first list wins. */
export interface ValueNames {
  /** Arguments, results, what is thrown, what is written to. */
  full: string[];
  /** What is written to. */
  state: string[];
}

export interface ImportedProbes {
  /** What they are imported from. */
  from: string;
  /** Modules say that they begin and end. Otherwise they have no effect beside their own, and bundlers leave out what nobody uses. */
  modules: boolean;
}

export interface TransformOptions {
  /** Path for the table and the ids: relative to the run's root, with forward slashes. */
  path: string;
  lang: Lang;
  goal: Goal;
  tier: Tier;
  /** Functions that carry less, by id. */
  plan?: Record<string, Planned> | undefined;
  /** Of the file; tier `performance` only. */
  values?: ValueNames;
  /** SiteId of ordinal 0. */
  base: number;
  /**
   * The text is `<wrapper characters>…file…}` : one function expression around the file, made by a host. That function is the
   * module; the first `wrapper` characters of line 1 are not part of the file.
   */
  wrapper?: number;
  /** The text was compiled from this: ids, names and positions are those of the original. */
  upstream?: Upstream;
  /** The text goes to a bundler, for a host without names that all scripts see: it imports its probes. */
  imported?: ImportedProbes | undefined;
  /** The text's map, when it was made from several sources: it stands for itself, and its map is moved along with it. */
  map?: UpstreamMap;
}
