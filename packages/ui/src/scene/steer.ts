/** What hands do on a drawing: wheel scrolls, Shift+wheel pans sideways, Ctrl or Cmd+wheel and pinches zoom, drags pan, clicks choose. */
import type { Point } from './view.ts';

export interface Steering {
  /** px; positive goes right and down in the drawing. */
  onPan?(dx: number, dy: number): void;
  /** `factor` over 1: closer. */
  onZoom?(factor: number, at: Point): void;
  /** The pointer is here; null: gone. Not while it drags. */
  onHover?(at: Point | null): void;
  onClick?(at: Point, event: PointerEvent): void;
  onDoubleClick?(at: Point): void;
  /**
   * A press begins here: the drawing may take the drag (a brush, a playhead) by giving what is told of it; else it pans.
   */
  onPress?(at: Point, event: PointerEvent): Drag | null | undefined;
}

export interface Drag {
  move(at: Point): void;
  /** `isClick`: it never moved. */
  end(at: Point, isClick: boolean): void;
}

export type WheelAct = { kind: 'pan'; dx: number; dy: number } | { kind: 'zoom'; factor: number };

/** Height of a line and of a page, for wheels that count in those. */
const LINE = 16;
const PAGE = 400;
/** One notch of a wheel (100 px) zooms by 1.35; a pinch, which browsers send as Ctrl+wheel, comes in many small steps. */
const ZOOM_PER_PX = 0.003;
/** No single event zooms by more than this: some devices send hundreds of px at once. */
const MOST_PX = 200;
/** A press that moved by less is a click. */
const CLICK_PX = 4;

/** What a turn of the wheel asks for. Pure. */
export function wheelAct(event: {
  deltaX: number;
  deltaY: number;
  deltaMode: number;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}): WheelAct {
  const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? PAGE : 1;
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
  if (event.ctrlKey || event.metaKey) {
    const turned = Math.max(-MOST_PX, Math.min(MOST_PX, dy || dx));
    return { kind: 'zoom', factor: Math.exp(-turned * ZOOM_PER_PX) };
  }
  // Some systems turn Shift+wheel into a sideways one by themselves.
  return event.shiftKey && dx === 0 ? { kind: 'pan', dx: dy, dy: 0 } : { kind: 'pan', dx, dy };
}

/** Listens until what it gives is called. */
export function steer(host: HTMLElement, steering: Steering): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const hands = new Hands(host, steering);
  const wheel = (event: WheelEvent): void => {
    // Else the browser zooms the page, or goes back in history.
    event.preventDefault();
    const act = wheelAct(event);
    if (act.kind === 'pan') steering.onPan?.(act.dx, act.dy);
    else steering.onZoom?.(act.factor, placeOf(host, event));
  };
  host.addEventListener('wheel', wheel, { signal, passive: false });
  host.addEventListener('pointerdown', (event) => hands.down(event), { signal });
  host.addEventListener('pointermove', (event) => hands.move(event), { signal });
  host.addEventListener('pointerup', (event) => hands.up(event), { signal });
  host.addEventListener('pointercancel', (event) => hands.cancel(event), { signal });
  host.addEventListener('pointerleave', () => steering.onHover?.(null), { signal });
  host.addEventListener('dblclick', (event) => steering.onDoubleClick?.(placeOf(host, event)), { signal });
  return () => ending.abort();
}

const placeOf = (host: HTMLElement, { clientX, clientY }: MouseEvent): Point => {
  const { left, top } = host.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

/** Fingers and pointers that are down. */
class Hands {
  readonly #host: HTMLElement;
  readonly #steering: Steering;
  readonly #down = new Map<number, Point>();
  #start: Point | null = null;
  #hasMoved = false;
  #drag: Drag | null = null;

  constructor(host: HTMLElement, steering: Steering) {
    this.#host = host;
    this.#steering = steering;
  }

  down(event: PointerEvent): void {
    if (event.button > 1) return;
    const at = placeOf(this.#host, event);
    this.#down.set(event.pointerId, at);
    this.#host.setPointerCapture(event.pointerId);
    if (this.#down.size > 1) return;
    this.#start = at;
    this.#hasMoved = false;
    this.#drag = event.button === 0 ? (this.#steering.onPress?.(at, event) ?? null) : null;
  }

  move(event: PointerEvent): void {
    const at = placeOf(this.#host, event);
    const before = this.#down.get(event.pointerId);
    if (before === undefined) return this.#steering.onHover?.(at);
    if (this.#down.size === 2) this.#pinch(event.pointerId, before, at);
    else this.#pull(before, at);
    if (this.#hasMoved || this.#down.size === 2) this.#down.set(event.pointerId, at);
  }

  up(event: PointerEvent): void {
    if (!this.#down.delete(event.pointerId) || this.#down.size > 0) return;
    const at = placeOf(this.#host, event);
    this.#drag?.end(at, !this.#hasMoved);
    if (this.#drag === null && !this.#hasMoved && event.button === 0) this.#steering.onClick?.(at, event);
    this.#drag = null;
  }

  cancel(event: PointerEvent): void {
    const at = this.#down.get(event.pointerId);
    this.#down.delete(event.pointerId);
    if (at !== undefined) this.#drag?.end(at, false);
    this.#drag = null;
  }

  #pull(before: Point, at: Point): void {
    const start = this.#start ?? at;
    this.#hasMoved ||= Math.hypot(at.x - start.x, at.y - start.y) >= CLICK_PX;
    if (!this.#hasMoved) return;
    if (this.#drag === null) this.#steering.onPan?.(before.x - at.x, before.y - at.y);
    else this.#drag.move(at);
  }

  #pinch(id: number, before: Point, at: Point): void {
    const other = [...this.#down].find(([pointer]) => pointer !== id)![1];
    this.#hasMoved = true;
    const far = Math.hypot(before.x - other.x, before.y - other.y);
    const now = Math.hypot(at.x - other.x, at.y - other.y);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    if (far > 0 && now > 0) this.#steering.onZoom?.(now / far, middle);
    this.#steering.onPan?.((before.x - at.x) / 2, (before.y - at.y) / 2);
  }
}
