/**
 * Canvases above each other in one element, one camera, and who paints when.
 *
 * A heavy layer (thousands of shapes) is painted when something rests. While the camera moves, its last picture is moved and stretched
 * by the browser instead, unless painting is so cheap that it can be done for each frame. Light layers (hover, selection, playhead) are
 * painted for each frame in which something of theirs changed. Nothing runs between changes.
 */
import { theme } from '../state/theme.ts';
import { between, eased, isSame, reprojection, type Size, type View } from './view.ts';

export interface Frame extends Size {
  view: View;
  /** Device px per px; the canvas is scaled by it already. */
  ratio: number;
}

export interface Layer {
  name: string;
  /** Paints on an empty canvas, in px of the screen. */
  paint(context: CanvasRenderingContext2D, frame: Frame): void;
  /** Its last picture moves with the camera until that rests. */
  isHeavy?: boolean;
}

export interface StageOptions {
  /** The first is the lowest. */
  layers: readonly Layer[];
  view: View;
  /** The element has another size (and has one for the first time: then `before` is null). */
  onResize?(size: Size, before: Size | null): void;
  /** The camera moved; for rulers, and for what is asked by what is in view. */
  onView?(view: View): void;
}

/** Longest a camera may take to where it was sent. */
const GLIDE_MS = 180;
/** The camera rests when it has not moved for so long. */
const REST_MS = 90;
/** A heavy layer that is painted in less (script alone) is painted for each frame. */
const CHEAP_MS = 4;
/** Larger than this, canvases cost memory that nobody sees. */
const MOST_RATIO = 3;

const lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
export const hasLessMotion = (): boolean => lessMotion.matches;

interface Sheet {
  layer: Layer;
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  isStale: boolean;
  /** What the picture on it shows; null: nothing was painted yet. */
  painted: View | null;
  /** Script time of the last painting, ms. */
  cost: number;
}

export class Stage {
  readonly #host: HTMLElement;
  readonly #options: StageOptions;
  readonly #sheets: Sheet[];
  readonly #endings: (() => void)[] = [];
  #view: View;
  #size: Size | null = null;
  #ratio = 1;
  #frame = 0;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #glide: { from: View; to: View; since: number } | null = null;

  constructor(host: HTMLElement, options: StageOptions) {
    this.#host = host;
    this.#options = options;
    this.#view = options.view;
    this.#sheets = options.layers.map((layer) => sheetOf(layer, host));
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(host);
    this.#endings.push(
      () => observer.disconnect(),
      theme.subscribe(() => this.repaint()),
    );
    // Text is painted with what is there; once the page's own font has come, it is painted again.
    void document.fonts?.ready.then(() => this.repaint());
    this.#measure();
  }

  /** Where the camera is, or is on its way to. */
  get view(): View {
    return this.#glide?.to ?? this.#view;
  }

  /** Where it is just now. */
  get shown(): View {
    return this.#view;
  }

  /** px; of no extent until the element has a size. */
  get size(): Size {
    return this.#size ?? { width: 0, height: 0 };
  }

  /** Moves the camera, at once or gliding; a glide is for jumps, not for what follows a hand. */
  look(to: View, { glide = false } = {}): void {
    if (isSame(to, this.view)) return;
    if (glide && !lessMotion.matches && this.#size !== null) {
      this.#glide = { from: this.#view, to, since: performance.now() };
      this.#ask();
    } else {
      this.#glide = null;
      this.#moveTo(to);
    }
  }

  /** What is on these layers changed; none named: all. */
  repaint(...names: string[]): void {
    for (const sheet of this.#sheets)
      if (names.length === 0 || names.includes(sheet.layer.name)) sheet.isStale = true;
    this.#ask();
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#restTimer);
    for (const end of this.#endings) end();
    for (const { canvas } of this.#sheets) canvas.remove();
  }

  #moveTo(view: View): void {
    this.#view = view;
    for (const sheet of this.#sheets) if (!sheet.layer.isHeavy) sheet.isStale = true;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#restTimer = undefined;
      this.#ask();
    }, REST_MS);
    this.#options.onView?.(view);
    this.#ask();
  }

  #ask(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now: number): void {
    this.#frame = 0;
    if (this.#size === null) return;
    if (this.#glide !== null) this.#step(now);
    for (const sheet of this.#sheets) this.#show(sheet);
    if (this.#glide !== null) this.#ask();
  }

  #step(now: number): void {
    const { from, to, since } = this.#glide!;
    const part = Math.min(1, Math.max(0, (now - since) / GLIDE_MS));
    if (part === 1) this.#glide = null;
    this.#moveTo(between(from, to, eased(part)));
  }

  #show(sheet: Sheet): void {
    const { painted, layer } = sheet;
    const isMoved = painted !== null && !isSame(painted, this.#view);
    const mayWait = layer.isHeavy === true && sheet.cost > CHEAP_MS && this.#restTimer !== undefined;
    if (painted !== null && isMoved && mayWait) {
      const { a, d, e, f } = reprojection(painted, this.#view);
      sheet.canvas.style.transform = `matrix(${a},0,0,${d},${e},${f})`;
    } else if (sheet.isStale || isMoved || painted === null) this.#paint(sheet);
  }

  #paint(sheet: Sheet): void {
    const { context, layer } = sheet;
    const start = performance.now();
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.clearRect(0, 0, this.size.width, this.size.height);
    layer.paint(context, { ...this.size, view: this.#view, ratio: this.#ratio });
    sheet.cost = performance.now() - start;
    sheet.canvas.style.transform = '';
    sheet.painted = this.#view;
    sheet.isStale = false;
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    const ratio = Math.min(MOST_RATIO, devicePixelRatio || 1);
    const before = this.#size;
    if (width === 0 || height === 0) return;
    if (before?.width === width && before.height === height && ratio === this.#ratio) return;
    this.#size = { width, height };
    this.#ratio = ratio;
    for (const { canvas } of this.#sheets) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.#options.onResize?.(this.#size, before);
    this.repaint();
    // A canvas that has a new size is empty until it is painted: not a frame later.
    cancelAnimationFrame(this.#frame);
    this.#draw(performance.now());
  }
}

function sheetOf(layer: Layer, host: HTMLElement): Sheet {
  const canvas = document.createElement('canvas');
  // What it shows is told by the proxy beside it.
  canvas.setAttribute('aria-hidden', 'true');
  canvas.className = 'sheet';
  host.append(canvas);
  return { layer, canvas, context: canvas.getContext('2d')!, isStale: true, painted: null, cost: 0 };
}
