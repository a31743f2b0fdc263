/** A plan with sizes: where each card and group stands. Pure. */
import type { Plan, PlannedGroup } from './plan.ts';
import { cardSize, GAP_COLUMNS, GAP_GROUPS_Y, GAP_X, GAP_Y, HEADER, spanOf, widthOf } from './sizes.ts';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface PlacedCard extends Box {
  perRow: number;
}

export interface Placed {
  width: number;
  height: number;
  groups: Map<string, Box>;
  cards: Map<string, PlacedCard>;
}

/** @param cellsOf functions of a file */
export function placed(plan: Plan, cellsOf: (path: string) => number): Placed {
  const groups = new Map<string, Box>();
  const cards = new Map<string, PlacedCard>();
  const columns = plan.columns.map((column) =>
    column.map((group) => ({ folder: group.folder, ...placedIn(group, cellsOf) })),
  );
  let x = 0;
  for (const column of columns) {
    let y = 0;
    for (const { folder, w, h, cards: inner } of column) {
      groups.set(folder, { x, y, w, h });
      for (const [path, card] of inner) cards.set(path, { ...card, x: card.x + x, y: card.y + y });
      y += h + GAP_GROUPS_Y;
    }
    x += columnWidth(column) + GAP_COLUMNS;
  }
  return { ...extent(columns), groups, cards };
}

type Size = Pick<Box, 'w' | 'h'>;

/** What groups need that stand in columns. */
export function extent(columns: readonly (readonly Size[])[]): Pick<Placed, 'width' | 'height'> {
  const width = columns.reduce((sum, column) => sum + columnWidth(column) + GAP_COLUMNS, -GAP_COLUMNS);
  return { width: Math.max(0, width), height: Math.max(0, ...columns.map(columnHeight)) };
}

const columnWidth = (groups: readonly Size[]): number => groups.reduce((most, { w }) => Math.max(most, w), 0);

export const columnHeight = (groups: readonly Size[]): number =>
  groups.reduce((sum, { h }) => sum + h + GAP_GROUPS_Y, -GAP_GROUPS_Y);

/** A group whose corner is at 0, 0; `heights`: where the next card of each stack would be. */
export function placedIn(
  { wide, stacks }: PlannedGroup,
  cellsOf: (path: string) => number,
): { w: number; h: number; cards: Map<string, PlacedCard>; heights: number[] } {
  const cards = new Map<string, PlacedCard>();
  const heights: number[] = stacks.map(() => HEADER);
  const put = (path: string, at: number, span: number): void => {
    const size = cardSize(cellsOf(path), span);
    const y = Math.max(...heights.slice(at, at + span));
    cards.set(path, { ...size, x: at * (widthOf(1) + GAP_X), y });
    heights.fill(y + size.h + GAP_Y, at, at + span);
  };
  for (const path of wide) {
    const span = Math.min(stacks.length, spanOf(cellsOf(path)));
    put(path, lowestWindow(heights, span), span);
  }
  stacks.forEach((stack, at) => stack.forEach((path) => put(path, at, 1)));
  return { w: widthOf(stacks.length), h: Math.max(...heights) - GAP_Y, cards, heights };
}

/** Where as many neighbours have most room above all others; of such places the first. */
export function lowestWindow(heights: readonly number[], span: number): number {
  let best = 0;
  let least = Infinity;
  for (let at = 0; at + span <= heights.length; at++) {
    const top = Math.max(...heights.slice(at, at + span));
    if (top < least) [best, least] = [at, top];
  }
  return best;
}
