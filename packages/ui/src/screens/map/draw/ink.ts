/** Colours and shapes that all painters of the map use. */
import { paletteOf } from '../../../scene/palette.ts';
import type { Frame } from '../../../scene/stage.ts';
import { fontOf, sans } from '../../../scene/text.ts';
import type { Box } from '../../../scene/view.ts';

export const ink = paletteOf({
  ground: '--bg-0',
  card: '--bg-1',
  raised: '--bg-2',
  line: '--line',
  line2: '--line-2',
  text: '--tx-1',
  text2: '--tx-2',
  text3: '--tx-3',
  accent: '--accent',
  onAccent: '--on-accent',
  heat0: '--heat-0',
  heat1: '--heat-1',
  heat2: '--heat-2',
  heat3: '--heat-3',
  heat4: '--heat-4',
  heat5: '--heat-5',
  hot: '--hot',
  error: '--err',
  added: '--add',
  removed: '--rem',
  changed: '--play',
});

export const heatInk = (): string[] => {
  const { heat0, heat1, heat2, heat3, heat4, heat5 } = ink();
  return [heat0, heat1, heat2, heat3, heat4, heat5];
};

/** What never ran is drawn with so much of its colour. */
export const FADED = 0.42;
/** What is dimmed keeps so much. */
export const DIMMED = 0.15;
/** Radius of cards, px at scale 1. */
export const RADIUS = 6;

/** From here on, coordinates are those of the map. */
export function intoWorld(context: CanvasRenderingContext2D, { view, ratio }: Frame): void {
  const k = view.kx * ratio;
  context.setTransform(k, 0, 0, k, -view.x * k, -view.y * k);
}

/** From here on, coordinates are px of the screen. */
export const intoScreen = (context: CanvasRenderingContext2D, { ratio }: Frame): void =>
  context.setTransform(ratio, 0, 0, ratio, 0, 0);

export const onScreen = ({ view }: Frame, { x, y, w, h }: Box): Box => ({
  x: (x - view.x) * view.kx,
  y: (y - view.y) * view.ky,
  w: w * view.kx,
  h: h * view.ky,
});

/** Width on the map of a line that on the screen shrinks less than what it joins, and never so far that it cannot be seen. */
export const lineWidth = (width: number, k: number, least = 0.75): number =>
  Math.max(width * Math.max(1, Math.min(1.6, 0.8 / k)), least / k);

/** `! 37` and the like: text on a pill whose right upper corner is at a place, px. `scale`: of the map; badges shrink with it, but stay legible. */
export function paintBadge(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y }: { x: number; y: number },
  colour: { fill: string; text: string },
  scale = 1,
): void {
  const size = Math.max(0.78, Math.min(1, scale * 1.2));
  const height = 18 * size;
  context.font = fontOf(sans(11 * size, 700));
  const width = context.measureText(text).width + 12 * size;
  const [left, top] = [x + 8 - width, y - height * 0.62];
  context.beginPath();
  context.roundRect(left, top, width, height, height / 2);
  context.fillStyle = colour.fill;
  context.fill();
  context.fillStyle = colour.text;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, left + 6 * size, top + height / 2 + 0.5);
}

/** A triangle at the end of a curve that comes from another point. */
export function paintHead(
  context: CanvasRenderingContext2D,
  to: { x: number; y: number },
  from: { x: number; y: number },
  size: number,
): void {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (turn: number): [number, number] => [
    to.x - size * Math.cos(angle + turn),
    to.y - size * Math.sin(angle + turn),
  ];
  context.beginPath();
  context.moveTo(to.x, to.y);
  context.lineTo(...corner(0.45));
  context.lineTo(...corner(-0.45));
  context.closePath();
  context.fill();
}
