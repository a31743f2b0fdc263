/**
 * The camera. Pure.
 *
 * World units are whatever a drawing has (px of the map, µs and rows of lanes); `x`, `y` is the point of the world in the top left
 * corner, `kx`, `ky` are px per unit. On the screen: `(world − x) × kx`.
 */
export interface View {
  x: number;
  y: number;
  kx: number;
  ky: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Point {
  x: number;
  y: number;
}

export const toScreen = (view: View, { x, y }: Point): Point => ({
  x: (x - view.x) * view.kx,
  y: (y - view.y) * view.ky,
});

export const toWorld = (view: View, { x, y }: Point): Point => ({
  x: x / view.kx + view.x,
  y: y / view.ky + view.y,
});

/** What of the world is seen. */
export const seen = (view: View, { width, height }: Size): Box => ({
  x: view.x,
  y: view.y,
  w: width / view.kx,
  h: height / view.ky,
});

/** Moved by so many px: positive goes right and down in the world. */
export const panned = (view: View, dx: number, dy: number): View => ({
  ...view,
  x: view.x + dx / view.kx,
  y: view.y + dy / view.ky,
});

/** Zoomed so that the point of the screen keeps its place; `least` and `most` bound the scale. */
export function zoomed(
  view: View,
  at: Point,
  { fx = 1, fy = 1 }: { fx?: number; fy?: number },
  { least, most }: { least: number; most: number },
): View {
  const world = toWorld(view, at);
  // An axis that does not zoom keeps its scale, whatever the bounds of the other.
  const kx = fx === 1 ? view.kx : clamp(view.kx * fx, least, most);
  const ky = fy === 1 ? view.ky : clamp(view.ky * fy, least, most);
  return { x: world.x - at.x / kx, y: world.y - at.y / ky, kx, ky };
}

/** Shows all of a box, in its middle, both axes at the same scale of at most `most`. */
export function fitted(box: Box, size: Size, { padding = 24, most = 1 } = {}): View {
  const width = Math.max(1, size.width - 2 * padding);
  const height = Math.max(1, size.height - 2 * padding);
  const k = Math.min(most, width / Math.max(1, box.w), height / Math.max(1, box.h));
  return {
    x: box.x + box.w / 2 - size.width / 2 / k,
    y: box.y + box.h / 2 - size.height / 2 / k,
    kx: k,
    ky: k,
  };
}

/** Moved as little as brings a box into view, at the same scale; its top left corner where it is larger than the screen. */
export function revealing(view: View, box: Box, size: Size, padding = 24): View {
  const screen = seen(view, size);
  const [mx, my] = [padding / view.kx, padding / view.ky];
  return {
    ...view,
    x: into(screen.x, screen.w, box.x - mx, box.w + 2 * mx),
    y: into(screen.y, screen.h, box.y - my, box.h + 2 * my),
  };
}

const into = (from: number, length: number, start: number, extent: number): number =>
  start < from || extent > length ? start : start + extent > from + length ? start + extent - length : from;

/**
 * Between two views, `part` 0 … 1. Scales go by the same factor in the same time, and places with them: the point that both views have
 * at the same place of the screen stands still.
 */
export function between(from: View, to: View, part: number): View {
  if (part <= 0) return from;
  if (part >= 1) return to;
  const [x, kx] = along(from.x, from.kx, to.x, to.kx, part);
  const [y, ky] = along(from.y, from.ky, to.y, to.ky, part);
  return { x, y, kx, ky };
}

function along(x0: number, k0: number, x1: number, k1: number, part: number): [number, number] {
  const k = k0 * (k1 / k0) ** part;
  // 1/k is linear in x for a zoom about a point; where the scale stays, x itself is linear in time.
  const share = Math.abs(k1 / k0 - 1) < 1e-6 ? part : (1 / k - 1 / k0) / (1 / k1 - 1 / k0);
  return [x0 + (x1 - x0) * share, k];
}

/** Fast at first, slow at last. */
export const eased = (part: number): number => 1 - (1 - part) ** 3;

export const isSame = (a: View, b: View): boolean =>
  a.x === b.x && a.y === b.y && a.kx === b.kx && a.ky === b.ky;

/** How a picture painted at `from` has to be moved and stretched to stand where `to` has it: px of the screen. */
export function reprojection(from: View, to: View): { a: number; d: number; e: number; f: number } {
  return {
    a: to.kx / from.kx,
    d: to.ky / from.ky,
    e: (from.x - to.x) * to.kx,
    f: (from.y - to.y) * to.ky,
  };
}

export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));
