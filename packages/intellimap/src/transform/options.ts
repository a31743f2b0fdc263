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
}

export interface TransformOptions {
  /** Path for the table and the ids: relative to the run's root, with forward slashes. */
  path: string;
  lang: Lang;
  goal: Goal;
  tier: Tier;
  /** Functions that carry less, by id. */
  plan?: Record<string, Planned> | undefined;
  /** SiteId of ordinal 0. */
  base: number;
  /**
   * The text is `<wrapper characters>…file…}` : one function expression around the file, made by a host. That function is the
   * module; the first `wrapper` characters of line 1 are not part of the file.
   */
  wrapper?: number;
  /** The text was compiled from this: ids, names and positions are those of the original. */
  upstream?: Upstream;
  /** The text's map, when it was made from several sources: it stands for itself, and its map is moved along with it. */
  map?: UpstreamMap;
}
