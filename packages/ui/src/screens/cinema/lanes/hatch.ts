/** Where a call waits: its colour, paler, with stripes. */
import { BAR } from './layout.ts';
import type { Picture } from './paint.ts';

type Context = CanvasRenderingContext2D;

/** @param hatched x, y, width of each stretch; negative widths are where it ran, and stay as they are */
export function hatch(
  context: Context,
  hatched: readonly number[],
  { colours, width, height }: Pick<Picture, 'colours' | 'width' | 'height'>,
): void {
  if (hatched.length === 0) return;
  context.save();
  context.beginPath();
  const cut: number[] = [];
  for (let n = 0; n < hatched.length; n += 3) {
    const [x, y, w] = hatched.slice(n, n + 3);
    if (w > 0) context.rect(x, y, w, BAR);
    else cut.push(x, y, -w);
  }
  for (let n = 0; n < cut.length; n += 3) {
    // Drawn the other way round: by the rule of windings it is a hole.
    const [x, y, w] = cut.slice(n, n + 3);
    context.moveTo(x, y);
    context.lineTo(x, y + BAR);
    context.lineTo(x + w, y + BAR);
    context.lineTo(x + w, y);
    context.closePath();
  }
  context.clip();
  context.globalAlpha = 0.62;
  context.fillStyle = colours.lane;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 0.5;
  context.fillStyle = stripes(context, colours.onBar);
  context.fillRect(0, 0, width, height);
  context.restore();
}

const striped = new Map<string, CanvasPattern>();

function stripes(context: Context, colour: string): CanvasPattern {
  let pattern = striped.get(colour);
  if (pattern === undefined) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 6;
    const own = tile.getContext('2d')!;
    own.strokeStyle = colour;
    own.globalAlpha = 0.35;
    own.beginPath();
    for (const at of [-6, 0, 6]) {
      own.moveTo(at - 1, 7);
      own.lineTo(at + 7, -1);
    }
    own.stroke();
    striped.set(colour, (pattern = context.createPattern(tile, 'repeat')!));
  }
  return pattern;
}
