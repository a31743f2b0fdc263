/** Text that fits: widths are measured once, what is too long loses its middle. */

type Measure = (text: string) => number;

/** Texts whose widths are kept for a font; beyond, all are forgotten: whoever pans far measures anew. */
const KEPT = 20_000;
/** Widths are those of this size; others are in proportion, which spares measuring for each step of a zoom. */
const SIZE = 100;

const widths = new Map<string, Map<string, number>>();

/**
 * Width of text in px. `family`: what stands behind the size in `CanvasRenderingContext2D.font`, `weight` before it.
 */
export function widthOf(
  context: CanvasRenderingContext2D,
  text: string,
  { family, size, weight = 400 }: Font,
): number {
  const name = `${weight} ${SIZE}px ${family}`;
  let kept = widths.get(name);
  if (kept === undefined || kept.size > KEPT) widths.set(name, (kept = new Map()));
  let width = kept.get(text);
  if (width === undefined) {
    const before = context.font;
    context.font = name;
    width = context.measureText(text).width;
    context.font = before;
    kept.set(text, width);
  }
  return (width * size) / SIZE;
}

export interface Font {
  family: string;
  /** px */
  size: number;
  weight?: number;
}

/** The page's own: names of things, and code. */
export const sans = (size: number, weight = 400): Font => ({
  family: "'Inter Variable', system-ui, sans-serif",
  size,
  weight,
});
export const mono = (size: number): Font => ({
  family: "'JetBrains Mono Variable', ui-monospace, monospace",
  size,
});

export const fontOf = ({ family, size, weight = 400 }: Font): string => `${weight} ${size}px ${family}`;

/** When the page's own font has come, what was measured before is wrong. */
export function forgetWidths(): void {
  widths.clear();
}

if (typeof document !== 'undefined') void document.fonts?.ready.then(forgetWidths);

/** Paints text into so many px of width: whole, without its middle (or what `shorten` leaves out), or not at all. @returns whether it did */
export function paintText(
  context: CanvasRenderingContext2D,
  text: string,
  at: { x: number; y: number },
  width: number,
  font: Font,
  shorten?: Shorten,
): boolean {
  const fits = fitted(text, width, (part) => widthOf(context, part, font), shorten);
  if (fits === '') return false;
  context.font = fontOf(font);
  context.fillText(fits, at.x, at.y);
  return true;
}

/** Fewest letters beside the dots that still say something. */
const LEAST = 2;

/** The longest form of a text that fits: `checkout/c…pon.ts`; '' where not even a few letters do. Pure. */
export function fitted(
  text: string,
  width: number,
  measure: Measure,
  shorten: Shorten = withoutMiddle,
): string {
  if (measure(text) <= width) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const kept = (fits + tooLong) >> 1;
    if (measure(shorten(text, kept)) <= width) fits = kept;
    else tooLong = kept;
  }
  return fits < LEAST ? '' : shorten(text, fits);
}

/** So many letters of a text. */
type Shorten = (text: string, kept: number) => string;

/** More of its end than of its beginning: of a path, the end tells most. */
function withoutMiddle(text: string, kept: number): string {
  const tail = Math.ceil(kept * 0.6);
  return `${text.slice(0, kept - tail)}…${text.slice(text.length - tail)}`;
}

/** Of a request, the beginning tells more: method and path. */
export const withoutEnd = (text: string, kept: number): string => `${text.slice(0, kept)}…`;
