/** What lies above the map and changes with the hand: what is hovered and chosen, with all else dimmed; matches; dots on the hot path. */
import type { Frame } from '../../../scene/stage.ts';
import type { Box } from '../../../scene/view.ts';
import { cardBox, cellBox, systemBox } from '../model/model.ts';
import type { Item } from '../model/items.ts';
import { pointOn } from '../model/curves.ts';
import { paintCard } from './one-card.ts';
import { curveOf, paintRelated } from './edges.ts';
import { paintGroupsNear } from './system.ts';
import { DIMMED, ink, intoScreen, intoWorld, onScreen } from './ink.ts';
import { paintCalls, paintNode } from './open.ts';
import { isShown, type Shown } from './shown.ts';

export function paintOver(context: CanvasRenderingContext2D, shown: Shown, frame: Frame, now: number): void {
  intoScreen(context, frame);
  const isDimmed = isDimmedAt(shown);
  if (isDimmed) veil(context, frame);
  // Below the cards, so that no badge is crossed out by a ring.
  if (shown.hovered !== null) paintRing(context, shown, frame, shown.hovered, 1.5);
  if (shown.chosen !== null) paintRing(context, shown, frame, shown.chosen, 2.5);
  const group = groupOf(shown);
  if (group !== undefined) paintGroupsNear(context, shown, group, frame);
  if (shown.level === 'module') paintModules(context, shown, frame);
  if (shown.level === 'function') paintFunctions(context, shown, frame);
  intoScreen(context, frame);
  if (shown.dots && shown.level === 'module') paintDots(context, shown, frame, now);
  if (shown.level === 'module') paintFound(context, shown, frame);
  // A cell's ring lies within its card.
  for (const item of shown.level === 'module' ? [shown.hovered, shown.chosen] : [])
    if (item?.kind === 'function') paintRing(context, shown, frame, item, 2);
}

function isDimmedAt(shown: Shown): boolean {
  if (shown.level === 'system') return groupOf(shown) !== undefined;
  return shown.level === 'module' ? keptOf(shown) !== null : focusOf(shown) !== undefined;
}

/** The group whose neighbours are seen. */
function groupOf({ level, hovered, chosen }: Shown): number | undefined {
  const item = hovered ?? chosen;
  return level === 'system' && item?.kind === 'group' ? item.at : undefined;
}

/** Files that are not dimmed; null: none is. */
const keptOf = ({ related, found }: Shown): ReadonlySet<number> | null =>
  related?.modules ?? found?.modules ?? null;

/** The box at the level of functions that all else is dimmed for. */
function focusOf(shown: Shown): number | undefined {
  const item = shown.hovered ?? shown.chosen;
  return shown.open === null || item === null || shown.level !== 'function' ? undefined : nodeOf(shown, item);
}

/** All but what is related goes to 15 %; that is painted anew, above. */
function paintModules(context: CanvasRenderingContext2D, shown: Shown, frame: Frame): void {
  const kept = keptOf(shown);
  if (kept === null) return;
  intoWorld(context, frame);
  paintRelated(context, shown, frame);
  for (const m of kept) if (isShown(shown, m)) paintCard(context, shown, m, frame);
}

function paintFunctions(context: CanvasRenderingContext2D, shown: Shown, frame: Frame): void {
  const n = focusOf(shown);
  if (shown.open === null || n === undefined) return;
  intoWorld(context, frame);
  paintCalls(context, shown.open, n, frame);
  const near = shown.open.edges.flatMap(({ from, to }) => (from === n ? [to] : to === n ? [from] : []));
  for (const each of new Set([n, ...near])) paintNode(context, shown, each);
}

function veil(context: CanvasRenderingContext2D, frame: Frame): void {
  intoScreen(context, frame);
  context.globalAlpha = 1 - DIMMED;
  context.fillStyle = ink().ground;
  context.fillRect(0, 0, frame.width, frame.height);
  context.globalAlpha = 1;
}

/** What was looked for has a ring, however small it is. */
function paintFound(context: CanvasRenderingContext2D, shown: Shown, frame: Frame): void {
  if (shown.found === null) return;
  context.strokeStyle = ink().accent;
  context.lineWidth = 1.5;
  for (const f of shown.found.functions) {
    const box = onScreen(frame, cellBox(shown.model, f));
    context.strokeRect(box.x - 1.5, box.y - 1.5, box.w + 3, box.h + 3);
  }
}

function paintRing(
  context: CanvasRenderingContext2D,
  shown: Shown,
  frame: Frame,
  item: Item,
  width: number,
): void {
  const box = boxOf(shown, item);
  if (box === null) return;
  const { x, y, w, h } = onScreen(frame, box);
  context.beginPath();
  context.roundRect(x - 3, y - 3, w + 6, h + 6, item.kind === 'function' && shown.level === 'module' ? 3 : 9);
  context.strokeStyle = ink().accent;
  context.lineWidth = width;
  context.stroke();
}

/** Where an item stands at this level; null: it does not. */
export function boxOf(shown: Shown, item: Item): Box | null {
  const { model, level, open } = shown;
  if (item.kind === 'group') return level === 'system' ? systemBox(model, item.at) : null;
  if (level === 'system') return null;
  if (level === 'function') {
    const n = nodeOf(shown, item);
    return open === null || n === undefined
      ? null
      : { x: open.boxes.x[n], y: open.boxes.y[n], w: open.boxes.w[n], h: open.boxes.h[n] };
  }
  return item.kind === 'module' ? cardBox(model, item.at) : cellBox(model, item.at);
}

function nodeOf({ open }: Shown, item: Item): number | undefined {
  if (open === null) return undefined;
  if (item.kind === 'function') return open.nodeOf.get(item.at);
  const n = open.nodes.findIndex((node) => node.kind === 'outside' && node.at === item.at);
  return n < 0 ? undefined : n;
}

const DOT_MS = 1400;

/** Dots along the heaviest chain, one for each stretch of so many px. */
function paintDots(context: CanvasRenderingContext2D, { model }: Shown, frame: Frame, now: number): void {
  const { hot } = model.facts.edges;
  context.fillStyle = ink().text;
  for (let e = 0; e < hot.length; e++) {
    if (hot[e] !== 1) continue;
    const { curve, from, to } = curveOf(model, e);
    for (let piece = from; piece < to; piece++)
      for (const shift of [0, 1 / 3, 2 / 3]) {
        const part = ((now / DOT_MS + shift) % 1 + 1) % 1; // prettier-ignore
        const at = onScreen(frame, { ...pointOn(curve, 8 * piece, part), w: 0, h: 0 });
        context.beginPath();
        context.arc(at.x, at.y, 2.2, 0, 2 * Math.PI);
        context.fill();
      }
  }
}
