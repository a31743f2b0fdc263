/** What a kind of thing is: one file of `kinds/`, and a line in its index. */
import type { Draft } from './draft.ts';
import type { Site } from './site.ts';

export interface ThingKind {
  readonly name: string;
  /** One sentence without its final stop: what is found, and by what. */
  readonly what: string;
  /** Names of what is called, as `Site.target` has them. */
  readonly targets: RegExp;
  /** Modules one of which has to be imported somewhere, for kinds of which any method is a use. */
  readonly anyMethodOf?: RegExp;
  readonly found: (site: Site, draft: Draft) => void;
}
