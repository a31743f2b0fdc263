/** Sizes of what the map draws, in px at scale 1. Pure. */

/** Side of a cell, and from one to the next. */
export const CELL = 9;
export const PITCH = 11;
/** Between the edge of a card and its cells. */
export const PADDING = 9;
/** Height of a card's title. */
export const TITLE = 24;
/** Height of a group's name, above its cards. */
export const HEADER = 30;
/** Between cards above each other, cards beside each other within a group, and groups. */
export const GAP_Y = 22;
export const GAP_X = 44;
export const GAP_GROUPS = 104;

/** Top left corner of a card's nth cell, relative to the card. */
export function cellAt(n: number, perRow: number): { x: number; y: number } {
  return { x: PADDING + (n % perRow) * PITCH, y: TITLE + Math.floor(n / perRow) * PITCH };
}
