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
/** Between cards above each other, cards beside each other within a group, groups above each other, and columns of groups. */
export const GAP_Y = 20;
export const GAP_X = 40;
export const GAP_GROUPS_Y = 34;
export const GAP_COLUMNS = 104;

/** Cells in a row of an ordinary card, and its width. */
const PER_ROW = 14;
export const CARD_WIDTH = 2 * PADDING + PER_ROW * PITCH - (PITCH - CELL);
/** A card that would be higher than this share of its width is made wider. */
const HIGHEST = 0.75;
const WIDEST = 12;

/** Top left corner of a card's nth cell, relative to the card. */
export function cellAt(n: number, perRow: number): { x: number; y: number } {
  return { x: PADDING + (n % perRow) * PITCH, y: TITLE + Math.floor(n / perRow) * PITCH };
}

/** Width of so many cards beside each other. */
export const widthOf = (span: number): number => span * CARD_WIDTH + (span - 1) * GAP_X;

/** How many ordinary cards wide a card of so many functions is, if there is room. */
export function spanOf(cells: number): number {
  let span = 1;
  while (span < WIDEST && cardSize(cells, span).h > HIGHEST * widthOf(span)) span++;
  return span;
}

export function cardSize(cells: number, span: number): { w: number; h: number; perRow: number } {
  const w = widthOf(span);
  const perRow = Math.floor((w - 2 * PADDING + PITCH - CELL) / PITCH);
  const rows = Math.ceil(cells / perRow);
  const h = TITLE + (rows === 0 ? 0 : rows * PITCH - (PITCH - CELL)) + PADDING;
  return { w, h, perRow };
}
