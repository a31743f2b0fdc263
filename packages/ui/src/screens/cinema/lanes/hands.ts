/** What hands do on lanes: pan, zoom, scrub, point, choose, fold. Each is a move, or changes what is shown; nothing is painted here. */
import type { Steering } from '../../../scene/steer.ts';
import type { Stage } from '../../../scene/stage.ts';
import type { Point } from '../../../scene/view.ts';
import { selection } from '../../../state/selection.ts';
import { chosenCall, taskText } from '../director/call.ts';
import type { Director } from '../director/director.ts';
import type { Moves } from '../director/moves.ts';
import type { Player } from '../play/player.ts';
import { has } from '../time/stretch.ts';
import { barAt } from './bars.ts';
import { depthAt, type LanePlace, placeAt } from './layout.ts';
import type { BarRef } from './overlay.ts';
import { barsFor, RULER, TITLES, tOf } from './paint.ts';
import { type Drawn, threadOf } from './refs.ts';

/** A pointer that is so near is meant, px. */
const SLACK = 3;

const NOTHING = { width: 0, height: 0 };

/** Lanes as hands find them. */
export interface Touched {
  readonly drawn: Drawn;
  /** px of lanes above those in view. */
  readonly scrolled: number;
  /** null: until it was made, and when it is gone. */
  stage(): Stage | null;
  scroll(dy: number): void;
  repaint(layers: string[]): void;
}

export class LanesHands {
  readonly #lanes: Touched;
  readonly #director: Director;
  readonly #moves: Moves;
  readonly #player: Player;
  readonly steering: Steering;
  /** What the pointer is on, and where that is. */
  hover: { bar: BarRef; x: number; y: number } | null = null;

  constructor(
    lanes: Touched,
    { director, moves, player }: { director: Director; moves: Moves; player: Player },
  ) {
    this.#lanes = lanes;
    this.#director = director;
    this.#moves = moves;
    this.#player = player;
    this.steering = {
      onPan: (dx, dy) => this.#pan(dx, dy),
      onZoom: (factor, at) => this.#moves.zoom(1 / factor, this.#time(at)),
      onHover: (at) => this.#point(at),
      onClick: (at) => this.#click(at),
      onDoubleClick: (at) => void this.#open(at),
      onPress: (at) => (at.y < RULER && at.x > TITLES ? this.#scrub(at) : null),
    };
  }

  #pan(dx: number, dy: number): void {
    const width = (this.#lanes.stage()?.size ?? NOTHING).width - TITLES;
    if (dx !== 0) this.#moves.pan(dx / width);
    if (dy !== 0) this.#lanes.scroll(dy);
  }

  #scrub(at: Point) {
    this.#player.stop();
    const { t } = this.#director;
    this.#moves.scrub(this.#time(at));
    return {
      move: (to: Point) => this.#moves.scrub(this.#time(to)),
      end: () => {
        // The way back leads to where it stood before.
        const now = this.#director.t;
        this.#moves.scrub(t);
        this.#moves.goTo({ t: now });
      },
    };
  }

  #point(at: Point | null): void {
    const bar = at === null ? null : this.#barAt(at);
    const { x, y } = at ?? { x: 0, y: 0 };
    if (bar === null && this.hover === null) return;
    this.hover = bar === null ? null : { bar, x, y };
    this.#lanes.repaint(['overlay']);
  }

  #click(at: Point): void {
    if (at.y < RULER) return;
    const place = this.#placeAt(at);
    if (place === null) return this.#moves.goTo({ t: this.#time(at) });
    if (at.x < TITLES || place.kind === 'process') return this.#title(place, at);
    const bar = this.#barAt(at);
    if (bar === null) return this.#moves.goTo({ t: this.#time(at) });
    this.#choose(bar, this.#time(at));
  }

  #choose(bar: BarRef, t: number): void {
    const { bars, n, place } = bar;
    const thread = threadOf(bar);
    const fn = bars.functions[bars.fn[n]];
    const within = has([bars.from[n], bars.to[n]], t) ? t : bars.from[n];
    if (place.kind === 'task' && selection.getState().options['task'] !== taskText(place.task))
      this.#moves.chooseTask(place.task);
    if (Number.isNaN(bars.call[n]) || thread === null) return this.#moves.goTo({ t: within });
    const call = bars.failed[n] > 0 && !Number.isNaN(bars.failedCall[n]) ? bars.failedCall[n] : bars.call[n];
    this.#moves.goTo({ t: within, ...chosenCall({ thread, call }, fn.id, fn.module) });
  }

  async #open(at: Point): Promise<void> {
    const bar = at.x < TITLES ? null : this.#barAt(at);
    if (bar !== null) await this.#moves.fit();
  }

  /** A click on a title folds and unfolds; on the words `+4 deeper` shows all. */
  #title(place: LanePlace, at: Point): void {
    const { folded, unfolded } = this.#director.shown.getState();
    const y = at.y - RULER + this.#lanes.scrolled - place.top;
    if (place.kind !== 'process' && y > 24 && (place.hidden > 0 || unfolded.has(place.key)))
      this.#director.set({ unfolded: toggled(unfolded, place.key) });
    else if (place.kind === 'task') this.#moves.chooseTask(place.task);
    else this.#director.set({ folded: toggled(folded, place.key) });
  }

  #barAt(at: Point): BarRef | null {
    const place = this.#placeAt(at);
    if (place === null || place.kind === 'process' || at.x < TITLES || at.y < RULER) return null;
    const bars = barsFor(place, this.#lanes.drawn);
    const depth = depthAt(place, at.y - RULER + this.#lanes.scrolled);
    if (bars === null || depth < 0 || depth >= place.depths) return null;
    const slack = SLACK / (this.#lanes.stage()?.shown.kx ?? 1);
    const n = barAt(bars, place.lane, depth, this.#time(at), slack);
    return n < 0 ? null : { bars, n, place };
  }

  #placeAt = ({ y }: Point): LanePlace | null =>
    y < RULER ? null : placeAt(this.#lanes.drawn.layout, y - RULER + this.#lanes.scrolled);

  #time({ x }: Point): number {
    const { width } = this.#lanes.stage()?.size ?? NOTHING;
    return tOf({ view: this.#director.view, width }, x);
  }
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
