/** The map on its canvases: what is painted, where the camera is, what the hand points at. React tells it what to show, no more. */
import { hasLessMotion, Stage } from '../../scene/stage.ts';
import { steer } from '../../scene/steer.ts';
import {
  type Box,
  fitted,
  panned,
  type Point,
  revealing,
  type Size,
  toWorld,
  type View,
  zoomed,
} from '../../scene/view.ts';
import { paintCards } from './draw/cards.ts';
import { boxOf, paintOver } from './draw/over.ts';
import { paintOpen } from './draw/open.ts';
import type { Shown } from './draw/shown.ts';
import { paintSystem } from './draw/system.ts';
import { type Item, isSameItem } from './model/items.ts';
import { groupBox } from './model/model.ts';
import { itemAt } from './model/pick.ts';
import { relatedTo } from './model/related.ts';
import { tipOf } from './model/words.ts';

/** What React decides; the rest follows from the hand. */
export type Told = Omit<Shown, 'hovered' | 'related'>;

export interface Hands {
  choose(item: Item | null): void;
  enter(item: Item): void;
}

/** Whoever only passes over a card does not dim the map. */
const DIM_MS = 160;
const MOST_SCALE = 6;
/** A map that is shown from afar is looked at close when something is chosen. */
const FAR = 0.5;
const PADDING = 28;
/** Names of groups do not fit below this scale: a small page, or very many groups. */
const UNREADABLE = 0.36;
/** Scale at which boxes of functions can be read. */
const LEGIBLE = 0.7;

/** Its left side, and the middle of its height. */
const startOf = (box: Box, size: Size): { x: number; y: number } => ({
  x: box.x - PADDING / LEGIBLE,
  y: box.y + box.h / 2 - size.height / 2 / LEGIBLE,
});

export class MapDrawing {
  readonly #stage: Stage;
  readonly #tip: HTMLElement;
  readonly #hands: Hands;
  readonly #endings: (() => void)[];
  /** By level and open card: where the camera was. */
  readonly #views = new Map<string, View>();
  #shown: Shown | null = null;
  #place = '';
  /** The camera shows all, and keeps doing so when the page changes its size. */
  #isWhole = true;
  #dimTimer: ReturnType<typeof setTimeout> | undefined;
  #dots = 0;

  constructor(host: HTMLElement, tip: HTMLElement, hands: Hands) {
    this.#tip = tip;
    this.#hands = hands;
    this.#stage = new Stage(host, {
      view: { x: 0, y: 0, kx: 1, ky: 1 },
      layers: [
        { name: 'base', isHeavy: true, paint: (context, frame) => this.#paint(context, frame) },
        {
          name: 'over',
          paint: (context, frame) => {
            if (this.#shown !== null) paintOver(context, this.#shown, frame, performance.now());
          },
        },
      ],
      onResize: (size, before) => this.#resize(size, before),
    });
    const end = steer(host, {
      onPan: (dx, dy) => this.pan(dx, dy),
      onZoom: (factor, at) => this.zoom(factor, at),
      onHover: (at) => this.#hover(at),
      onClick: (at) => this.#hands.choose(this.#at(at)),
      onDoubleClick: (at) => {
        const item = this.#at(at);
        if (item !== null) this.#hands.enter(item);
      },
    });
    this.#endings = [end, () => this.#stage.dispose(), () => clearTimeout(this.#dimTimer), () => cancelAnimationFrame(this.#dots)]; // prettier-ignore
  }

  show(told: Told): void {
    const before = this.#shown;
    const isOther = before === null || before.model !== told.model || before.level !== told.level || before.open?.module !== told.open?.module;
    this.#shown = { ...told, hovered: isOther ? null : (before?.hovered ?? null), related: null };
    this.#shown.related = this.#relatedTo(told.chosen);
    if (isOther) this.#goTo(`${told.level} ${told.open?.module ?? ''}`, before);
    else if (before.open !== told.open && (this.#isWhole || before.open?.edges.length === 0)) this.#goBack();
    const isBaseSame = !isOther && (['metric', 'cells', 'modules', 'weaker', 'open'] as const).every((name) => before[name] === told[name]); // prettier-ignore
    this.#stage.repaint(...(isBaseSame ? ['over'] : []));
    this.#runDots();
  } // prettier-ignore

  pan(dx: number, dy: number): void {
    this.#isWhole = false;
    this.#stage.look(panned(this.#stage.view, dx, dy));
  }

  /** `at`: the point that keeps its place; absent: the middle. */
  zoom(factor: number, at?: Point): void {
    const { width, height } = this.#stage.size;
    const about = at ?? { x: width / 2, y: height / 2 };
    this.#isWhole = false;
    const least = Math.min(0.5, this.#whole().kx / 2);
    const to = zoomed(this.#stage.view, about, { fx: factor, fy: factor }, { least, most: MOST_SCALE });
    this.#stage.look(to, { glide: at === undefined });
  }

  /** All of it. */
  fit(): void {
    this.#isWhole = true;
    this.#stage.look(this.#whole(), { glide: true });
  }

  /** The chosen item, as large as can be read. */
  fitChosen(): void {
    const box = this.#chosenBox();
    if (box === null) return this.fit();
    this.#isWhole = false;
    this.#stage.look(fitted(box, this.#stage.size, { padding: 120, most: 2 }), { glide: true });
  }

  /** Moves as little as shows the chosen item: for whoever walks with keys. */
  reveal(): void {
    const box = this.#chosenBox();
    if (box === null) return;
    const to = revealing(this.#stage.view, box, this.#stage.size, PADDING);
    if (to.x !== this.#stage.view.x || to.y !== this.#stage.view.y) this.#isWhole = false;
    this.#stage.look(to, { glide: true });
  }

  dispose(): void {
    for (const end of this.#endings) end();
  }

  #paint(context: CanvasRenderingContext2D, frame: Parameters<typeof paintCards>[2]): void {
    const shown = this.#shown;
    if (shown === null) return;
    if (shown.level === 'system') paintSystem(context, shown, frame);
    else if (shown.level === 'function') paintOpen(context, shown, frame);
    else paintCards(context, shown, frame);
  }

  /** Another level, or another card: the camera is where it was when that was last seen. */
  #goTo(place: string, before: Shown | null): void {
    const isOtherMap = before?.model !== this.#shown?.model;
    if (isOtherMap) this.#views.clear();
    else if (!this.#isWhole) this.#views.set(this.#place, this.#stage.view);
    else this.#views.delete(this.#place);
    this.#tip.hidden = true;
    // A comparison begins or ends, or more was recorded: whoever looks at something keeps looking at it.
    if (isOtherMap && before !== null && place === this.#place && !this.#isWhole) return;
    this.#place = place;
    if (before?.level === 'system' && before.chosen?.kind === 'group' && this.#shown?.level === 'module')
      return this.#lookInto(before.chosen.at);
    const kept = this.#views.get(place);
    this.#isWhole = kept === undefined;
    this.#stage.look(kept ?? this.#whole());
    this.#comeCloser();
  }

  /** The open file has other boxes: its calls have come. */
  #goBack(): void {
    this.#isWhole = true;
    this.#stage.look(this.#whole());
    this.#comeCloser();
  }

  /** From a group to its files. */
  #lookInto(group: number): void {
    this.#isWhole = false;
    const box = groupBox(this.#shown!.model, group);
    this.#stage.look(fitted(box, this.#stage.size, { padding: 60, most: 1.2 }), { glide: true });
  }

  /** What is too large to be read at once is looked at close: where something is chosen, or an open file at its beginning, the callers. */
  #comeCloser(): void {
    const { size, view } = this.#stage;
    const shown = this.#shown;
    if (shown === null || !this.#isWhole || view.kx >= FAR) return;
    if (shown.level === 'system') {
      if (view.kx >= UNREADABLE) return;
      this.#isWhole = false;
      const { width, height } = shown.model.system;
      const start = startOf({ x: 0, y: 0, w: width, h: height }, size);
      return this.#stage.look({ ...start, kx: LEGIBLE, ky: LEGIBLE });
    }
    const box = this.#chosenBox();
    if (box === null && shown.open === null) return;
    this.#isWhole = false;
    const to =
      box === null
        ? { ...startOf(shown.open!.bounds, size), kx: LEGIBLE, ky: LEGIBLE }
        : fitted(box, size, { padding: 0, most: 0.9 });
    this.#stage.look(to);
  }

  #whole(): View {
    const { size } = this.#stage;
    if (this.#shown === null) return this.#stage.view;
    const { open, model, level } = this.#shown;
    const { width, height } = model.system;
    const system = { x: 0, y: 0, w: width, h: height };
    const map = level === 'system' ? system : model.bounds;
    const box = level === 'function' && open !== null ? open.bounds : map;
    const most = level === 'function' ? 1.15 : 1.4;
    return fitted(box, size, { padding: PADDING, most });
  }

  #resize(size: Size, before: Size | null): void {
    if (this.#shown === null) return;
    if (this.#isWhole || before === null) {
      this.#stage.look(this.#whole());
      if (before === null) this.#comeCloser();
    } else {
      // The middle stays in the middle.
      const [dx, dy] = [(before.width - size.width) / 2, (before.height - size.height) / 2];
      this.#stage.look(panned(this.#stage.view, dx, dy));
    }
  }

  #chosenBox(): ReturnType<typeof boxOf> {
    return this.#shown === null || this.#shown.chosen === null
      ? null
      : boxOf(this.#shown, this.#shown.chosen);
  }

  #at(at: Point): Item | null {
    if (this.#shown === null) return null;
    return itemAt(this.#shown, toWorld(this.#stage.shown, at), this.#stage.shown.kx);
  }

  #hover(at: Point | null): void {
    if (this.#shown === null) return;
    const item = at === null ? null : this.#at(at);
    this.#tip.hidden = item === null;
    if (at !== null && item !== null) this.#placeTip(at, tipOf(this.#shown.model, item, this.#shown.metric));
    if (isSameItem(item, this.#shown.hovered)) return;
    this.#shown.hovered = item;
    clearTimeout(this.#dimTimer);
    this.#dimTimer = setTimeout(() => {
      if (this.#shown === null) return;
      this.#shown.related = this.#relatedTo(item ?? this.#shown.chosen);
      this.#stage.repaint('over');
    }, DIM_MS);
    this.#stage.repaint('over');
  }

  #placeTip(at: Point, text: string): void {
    const { width, height } = this.#stage.size;
    if (this.#tip.textContent !== text) this.#tip.textContent = text;
    const x = Math.min(at.x + 14, width - this.#tip.offsetWidth - 6);
    const y = at.y + 20 + this.#tip.offsetHeight > height ? at.y - this.#tip.offsetHeight - 8 : at.y + 20;
    this.#tip.style.transform = `translate(${Math.max(0, x)}px, ${y}px)`;
  }

  #relatedTo(item: Item | null): Shown['related'] {
    if (item === null || this.#shown?.level !== 'module') return null;
    const { model } = this.#shown;
    const module = item.kind === 'function' ? model.facts.functions.module[item.at] : item.at;
    return item.kind === 'group' ? null : relatedTo(model, [module]);
  }

  #runDots(): void {
    const mayRun = (): boolean => this.#shown !== null && this.#shown.dots && !hasLessMotion();
    cancelAnimationFrame(this.#dots);
    const tick = (): void => {
      if (!mayRun()) return;
      this.#stage.repaint('over');
      this.#dots = requestAnimationFrame(tick);
    };
    if (mayRun()) this.#dots = requestAnimationFrame(tick);
  }
}
