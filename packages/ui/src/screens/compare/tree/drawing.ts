/** The flame on its canvases: camera, hover, hands. React tells it what to show, no more. */
import { Stage } from '../../../scene/stage.ts';
import { steer } from '../../../scene/steer.ts';
import type { Point, View } from '../../../scene/view.ts';
import { labelOf } from './figures.ts';
import { rowAt } from './flame.ts';
import { paintChosen, paintFlame, ROW, type Shown } from './paint.ts';

/** A box that is gone to has so much beside it. */
const BESIDE = 0.04;
const MOST_ZOOM = 20_000;

export class FlameDrawing {
  readonly #stage: Stage;
  readonly #tip: HTMLElement;
  readonly #end: () => void;
  #shown: Shown;
  /** All of it is in view, and stays so when the page changes its size. */
  #isWhole = false;

  constructor(host: HTMLElement, tip: HTMLElement, shown: Shown, choose: (row: number) => void) {
    this.#shown = shown;
    this.#tip = tip;
    this.#stage = new Stage(host, {
      view: { x: 0, y: 0, kx: 1, ky: 1 },
      layers: [
        { name: 'boxes', isHeavy: true, paint: (context, frame) => paintFlame(context, this.#shown, frame) },
        { name: 'chosen', paint: (context, frame) => paintChosen(context, this.#shown, frame) },
      ],
      onResize: () => {
        if (this.#isWhole) this.#stage.look(this.#whole());
      },
    });
    // The stage has measured before it was there to be asked.
    this.whole(false);
    this.#end = steer(host, {
      onPan: (dx, dy) => this.pan(dx, dy),
      onZoom: (factor, at) => this.zoom(factor, at.x),
      onHover: (at) => this.#hover(at),
      onClick: (at) => choose(this.#at(at)),
      onDoubleClick: (at) => this.goTo(this.#at(at)),
    });
  }

  show(shown: Shown): void {
    const isOther = shown.flame !== this.#shown.flame;
    this.#shown = shown;
    if (isOther) this.whole(false);
    this.#stage.repaint(...(isOther ? [] : ['chosen']));
  }

  pan(dx: number, dy: number): void {
    const { view } = this.#stage;
    this.#isWhole = false;
    this.#stage.look(this.#held({ ...view, x: view.x + dx / view.kx, y: view.y + dy }));
  }

  /** `x`: px that keep their place; absent: the middle. */
  zoom(factor: number, x = this.#stage.size.width / 2): void {
    const { view } = this.#stage;
    const least = this.#whole().kx;
    const kx = Math.min(least * MOST_ZOOM, Math.max(least, view.kx * factor));
    this.#isWhole = kx === least;
    this.#stage.look(this.#held({ ...view, kx, x: view.x + x / view.kx - x / kx }), { glide: true });
  }

  whole(glide = true): void {
    this.#isWhole = true;
    this.#stage.look(this.#whole(), { glide });
  }

  /** A box as wide as the drawing; -1: all. */
  goTo(row: number): void {
    if (row < 0) return this.whole();
    const { flame } = this.#shown;
    const width = flame.w[row] * (1 + 2 * BESIDE);
    this.#isWhole = false;
    const kx = this.#stage.size.width / Math.max(width, flame.width / MOST_ZOOM);
    const y = Math.max(0, (flame.depth[row] - 2) * ROW);
    this.#stage.look(this.#held({ x: flame.x[row] - flame.w[row] * BESIDE, y, kx, ky: 1 }), { glide: true });
  }

  /** Moves as little as shows it. */
  reveal(row: number): void {
    if (row < 0) return;
    const { flame } = this.#shown;
    const { view, size } = this.#stage;
    const [from, to] = [(flame.x[row] - view.x) * view.kx, (flame.x[row] + flame.w[row] - view.x) * view.kx];
    const y = flame.depth[row] * ROW - view.y;
    const dx = to < 20 || to - from > size.width ? from : from > size.width - 20 ? from - size.width / 2 : 0;
    const dy = y < 0 ? y : y + ROW > size.height ? y + ROW - size.height : 0;
    if (dx === 0 && dy === 0) return;
    if (dx !== 0) this.#isWhole = false;
    this.#stage.look(this.#held({ ...view, x: view.x + dx / view.kx, y: view.y + dy }), { glide: true });
  }

  dispose(): void {
    this.#end();
    this.#stage.dispose();
  }

  #whole(): View {
    const { width } = this.#stage.size;
    return { x: 0, y: 0, kx: Math.max(1, width) / Math.max(1e-9, this.#shown.flame.width), ky: 1 };
  }

  /** Nothing but boxes is ever in view. */
  #held(view: View): View {
    const { width, height } = this.#stage.size;
    const { flame } = this.#shown;
    const kx = Math.max(view.kx, this.#whole().kx);
    const x = Math.min(Math.max(0, view.x), Math.max(0, flame.width - width / kx));
    const y = Math.min(Math.max(0, view.y), Math.max(0, flame.rows * ROW - height + ROW));
    return { x, y, kx, ky: 1 };
  }

  #at({ x, y }: Point): number {
    const { view } = this.#stage;
    return rowAt(this.#shown.flame, view.x + x / view.kx, Math.floor((y + view.y) / ROW));
  }

  #hover(at: Point | null): void {
    const row = at === null ? -1 : this.#at(at);
    this.#tip.hidden = row < 0;
    if (row < 0 || at === null) return;
    this.#tip.textContent = labelOf(this.#shown.flame.tree, row);
    const { width, height } = this.#stage.size;
    const { offsetWidth, offsetHeight } = this.#tip;
    const x = Math.min(at.x + 14, width - offsetWidth - 4);
    const y = at.y + 18 + offsetHeight > height ? at.y - offsetHeight - 8 : at.y + 18;
    this.#tip.style.transform = `translate(${Math.max(0, x)}px, ${y}px)`;
  }
}
