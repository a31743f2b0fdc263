/** Plays: moves the playhead with the clock of the screen, passes what is idle, turns the page where the view ends. */
import { hasLessMotion } from '../../../scene/stage.ts';
import { choose, selection } from '../../../state/selection.ts';
import type { Director } from '../director/director.ts';
import type { Moves } from '../director/moves.ts';
import { has, lengthOf, type Stretch, within } from '../time/stretch.ts';
import { advanced, faster, fittingSpeed, idleOf, type Known, passed, ranIn, slower } from './play.ts';

/** Under reduced motion nothing glides: it goes on by so many steps in a second. */
const STEPS_A_SECOND = 2;
/** A page that is turned keeps so much of what was seen. */
const KEPT = 0.1;

export class Player {
  readonly #director: Director;
  readonly #moves: Moves;
  #frame = 0;
  #last = 0;
  /** When anything ran, when nothing did, and what tells so. */
  #known: { by: Known; ran: Stretch[]; idle: Stretch[] } | null = null;

  constructor(director: Director, moves: Moves) {
    this.#director = director;
    this.#moves = moves;
  }

  /** Seconds of the run for a second: what was chosen, else what fits. */
  get speed(): number {
    const chosen = Number(selection.getState().options['speed']);
    return chosen > 0 ? chosen : fittingSpeed(this.#told().ran, this.#director.view);
  }

  /** At this speed from now on, also where it plays; null: at the one that fits. */
  setSpeed(speed: number | null): void {
    choose({ speed: speed === null ? null : String(speed) }, { replace: true });
    const { playing } = this.#director.shown.getState();
    if (playing !== 0) this.#director.set({ playing: Math.sign(playing) * this.speed });
  }

  faster(): void {
    this.setSpeed(faster(this.#pace));
  }

  slower(): void {
    this.setSpeed(slower(this.#pace));
  }

  /** The speed that it plays at, else would. */
  get #pace(): number {
    return Math.abs(this.#director.shown.getState().playing) || this.speed;
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
    return passed(this.#told().idle, this.#director.view, speed);
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

  /** Found anew when there is something else to tell it by. */
  #told() {
    const by = this.#director.shown.getState();
    const before = this.#known?.by;
    if (
      this.#known === null ||
      before?.bars !== by.bars ||
      before.overview !== by.overview ||
      before.chain !== by.chain
    ) {
      const ran = ranIn(by);
      this.#known = { by, ran, idle: idleOf(ran, this.#director.whole) };
    }
    return this.#known;
  }
}
