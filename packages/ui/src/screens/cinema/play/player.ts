/** Plays: moves the playhead with the clock of the screen, passes what is idle, turns the page where the view ends. */
import { hasLessMotion } from '../../../scene/stage.ts';
import { selection } from '../../../state/selection.ts';
import type { Director } from '../director/director.ts';
import type { Moves } from '../director/moves.ts';
import { type Bars, busyOf } from '../lanes/bars.ts';
import { has, lengthOf, type Stretch, within } from '../time/stretch.ts';
import { advanced, faster, fittingSpeed, idleOf, passed } from './play.ts';

/** Under reduced motion nothing glides: it goes on by so many steps in a second. */
const STEPS_A_SECOND = 2;
/** A page that is turned keeps so much of what was seen. */
const KEPT = 0.1;

export class Player {
  readonly #director: Director;
  readonly #moves: Moves;
  #frame = 0;
  #last = 0;
  #busy: { of: unknown; stretches: Stretch[] } = { of: null, stretches: [] };

  constructor(director: Director, moves: Moves) {
    this.#director = director;
    this.#moves = moves;
  }

  /** Seconds of the run for a second: what was chosen, else what fits. */
  get speed(): number {
    const chosen = Number(selection.getState().options['speed']);
    return chosen > 0 ? chosen : fittingSpeed(this.#ran(), this.#director.view);
  }

  get isPlaying(): boolean {
    return this.#director.shown.getState().playing !== 0;
  }

  toggle(): void {
    if (this.isPlaying) this.stop();
    else this.play(1);
  }

  /** Plays; again in the same direction: faster. */
  play(sign: 1 | -1): void {
    const { playing } = this.#director.shown.getState();
    const speed = Math.sign(playing) === sign ? faster(Math.abs(playing)) : this.speed;
    const [from, to] = this.#director.whole;
    // At the end, playing begins again.
    if (sign > 0 && this.#director.t >= to) this.#moves.scrub(from);
    this.#director.set({ playing: sign * speed });
    if (this.#frame === 0) {
      this.#last = performance.now();
      this.#frame = requestAnimationFrame(this.#tick);
    }
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.isPlaying) return;
    this.#director.set({ playing: 0 });
    // Where it stopped is where Back returns to.
    this.#moves.goTo({ t: this.#director.t });
  }

  /** Stretches that are not waited for: none while it stands. */
  passed(): Stretch[] {
    const { playing } = this.#director.shown.getState();
    return playing === 0 ? [] : this.#passed(Math.abs(playing));
  }

  #passed(speed: number): Stretch[] {
    const { view, whole } = this.#director;
    return passed(idleOf(this.#ran(), whole), view, speed);
  }

  #tick = (now: number): void => {
    const { playing } = this.#director.shown.getState();
    if (playing === 0) return;
    this.#frame = requestAnimationFrame(this.#tick);
    const seconds = (now - this.#last) / 1000;
    if (hasLessMotion() && seconds < 1 / STEPS_A_SECOND) return;
    this.#last = now;
    const t = advanced(this.#director.t, Math.min(seconds, 1), playing, this.#passed(Math.abs(playing)));
    this.#moves.scrub(t);
    const [from, to] = this.#director.whole;
    if (t <= from || t >= to) return this.stop();
    this.#turn(t, Math.sign(playing));
  };

  #turn(t: number, sign: number): void {
    const { view, whole } = this.#director;
    if (has(view, t)) return;
    const length = lengthOf(view);
    const start = sign > 0 ? t - length * KEPT : t - length * (1 - KEPT);
    this.#moves.look(within([start, start + length], whole));
  }

  /** When anything ran: exactly where bars are known, else by the buckets of the overview. */
  #ran(): Stretch[] {
    const { bars, window, overview, chain } = this.#director.shown.getState();
    const of = chain?.join() ?? '';
    if (this.#busy.of === bars && this.#chain === of) return this.#busy.stretches;
    this.#chain = of;
    const exact = bars === null ? [] : busyOf(chain === null ? bars : only(bars, chain));
    const [t0, t1] = window === null ? [0, 0] : [window.head.t0, window.head.t1];
    const coarse: Stretch[] = [];
    if (overview !== null && chain === null) {
      const {
        head: { from, resolution },
        columns: { busy },
      } = overview;
      for (let n = 0; n < busy.length; n++) {
        const [start, end] = [from + n * resolution, from + (n + 1) * resolution];
        if (busy[n] > 0 && (end <= t0 || start >= t1)) coarse.push([start, end]);
      }
    }
    const stretches = [...coarse, ...exact].toSorted((a, b) => a[0] - b[0]);
    this.#busy = { of: bars, stretches };
    return stretches;
  }
  #chain = '';
}

/** Only bars of these functions, as if each were the lowest of its lane. */
function only(bars: Bars, chain: readonly string[]): Bars {
  const wanted = new Set(chain);
  const kept = Array.from(bars.lane.keys()).filter((n) => wanted.has(bars.functions[bars.fn[n]].id));
  return { ...bars, runs: kept.map((n) => ({ lane: bars.lane[n], depth: 0, first: n, end: n + 1 })) };
}
