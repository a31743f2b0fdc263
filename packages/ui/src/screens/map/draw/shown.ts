/** What the painters are told: the state of the drawing at one moment. */
import type { Metric } from '../../../../../intellimap/src/layout/picture.ts';
import type { OpenCard } from '../model/open-card.ts';
import type { Painted } from '../model/heat.ts';
import type { Item, MapLevel } from '../model/items.ts';
import type { MapModel } from '../model/model.ts';
import type { Found, Related } from '../model/related.ts';

export interface Shown {
  model: MapModel;
  level: MapLevel;
  metric: Metric;
  cells: Painted;
  /** Files that are not hidden; null: all. */
  modules: ReadonlySet<number> | null;
  /** Weak edges are drawn, too. */
  weaker: boolean;
  /** The open card, at the level of functions. */
  open: OpenCard | null;
  chosen: Item | null;
  hovered: Item | null;
  /** Of what is hovered, else chosen: all else is dimmed. */
  related: Related | null;
  found: Found | null;
  /** Dots run along the hot path. */
  dots: boolean;
}

export const isShown = ({ modules }: Shown, m: number): boolean => modules === null || modules.has(m);
