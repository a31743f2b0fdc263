/**
 * The cinema's data: asks for what the selection needs, newest first, and keeps what is there until better has come. It listens to the
 * selection and writes into `Shown`; nobody else asks.
 */
import { type Answered, ask, type Asked, NoAnswer } from '../../../api/ask.ts';
import { askedRun } from '../../../state/run.ts';
import { go, selection } from '../../../state/selection.ts';
import type { Selection } from '../../../state/url.ts';
import { Newest } from '../data/newest.ts';
import { barsOf } from '../lanes/bars.ts';
import { asking, isEnough, type Stretch, within } from '../time/stretch.ts';
import { callOf } from './call.ts';
import { createShown, type Shown, type ShownStore } from './shown.ts';

/** A lane is some px wide before anybody has measured one. */
const FIRST_PX = 1200;
/** What is on its way for longer is told, ms. */
const NOTICED_MS = 150;
/** Tasks that have lanes of their own. */
const TASKS = 6;

export class Director {
  readonly shown: ShownStore = createShown();
  readonly #endings: (() => void)[] = [];
  readonly #busy = new Set<object>();
  #busyTimer: ReturnType<typeof setTimeout> | undefined;
  #px = FIRST_PX;
  #asked = { window: '', tasks: '', t: NaN };

  readonly #overview = this.#newest('overview', 'cancel', (overview) => {
    const { from, to } = overview.head;
    this.shown.setState({ overview, whole: [from, Math.max(to, from + 1)] });
    if (selection.getState().t === null) go({ t: firstMoment(overview) }, { replace: true });
    this.#follow();
  });
  readonly #window = this.#newest('window', 'cancel', (window) =>
    this.shown.setState({ window, bars: barsOf(window) }),
  );
  readonly #tasks = this.#newest('tasks', 'cancel', (tasks) => this.shown.setState({ tasks }));
  readonly #frame = this.#newest('frame', 'wait', (frame) => this.shown.setState({ frame }));

  /** Listens until what it gives is called. */
  start(): () => void {
    this.#endings.push(selection.subscribe((now, before) => this.#changed(now, before)));
    this.#begin();
    return () => {
      for (const end of this.#endings.splice(0)) end();
      for (const each of [this.#overview, this.#window, this.#tasks, this.#frame]) each.cancel();
      clearTimeout(this.#busyTimer);
    };
  }

  /** Whether it is known how long the run took: before, nothing can be held to its ends. */
  get isMeasured(): boolean {
    return this.shown.getState().whole !== null;
  }

  /** All of the run; a stretch of nothing while that is not known. */
  get whole(): Stretch {
    return this.shown.getState().whole ?? [0, 1];
  }

  /** What is in view. */
  get view(): Stretch {
    const { window } = selection.getState();
    if (window === null) return this.whole;
    return this.isMeasured ? within(window, this.whole) : window;
  }

  get t(): number {
    return selection.getState().t ?? this.whole[0];
  }

  /** Lanes are so many px wide. */
  measured(px: number): void {
    if (px === this.#px || px <= 0) return;
    this.#px = px;
    this.#follow();
  }

  set(change: Partial<Shown>): void {
    this.shown.setState(change);
  }

  /** Nothing that is on its way is waited for any more. */
  cancel(): void {
    for (const each of [this.#window, this.#tasks, this.#frame]) each.cancel();
  }

  /** Asks again for what could not be had. */
  again(): void {
    this.shown.setState({ failure: null });
    this.#asked = { window: '', tasks: '', t: NaN };
    if (this.shown.getState().whole === null) this.#begin();
    else this.#follow();
  }

  #begin(): void {
    this.#asked = { window: '', tasks: '', t: NaN };
    this.shown.setState({ overview: null, whole: null, window: null, bars: null, tasks: null, frame: null });
    this.#overview.want({ ...askedRun(), px: FIRST_PX });
  }

  #changed(now: Selection, before: Selection): void {
    if (now.run !== before.run) this.#begin();
    else this.#follow();
  }

  #follow(): void {
    const { whole, window } = this.shown.getState();
    if (whole === null) return;
    if (window === null || !isEnough(window.head, this.view, this.#px, whole)) this.#wantWindow(whole);
    this.#wantTasks(whole);
    if (this.t !== this.#asked.t) {
      this.#asked.t = this.t;
      this.#frame.want({ ...askedRun(), t: this.t });
    }
  }

  /** What was asked for already, and is on its way or there, is not asked for again. */
  #wantWindow(whole: Stretch): void {
    const wanted = asking(this.view, this.#px, whole);
    const key = JSON.stringify(wanted);
    if (key === this.#asked.window && this.#window.isBusy) return;
    this.#asked.window = key;
    this.#window.want({ ...askedRun(), ...wanted });
  }

  #wantTasks(whole: Stretch): void {
    const { level, options } = selection.getState();
    if (level === 'system' || level === 'line') return;
    const { t0, t1 } = asking(this.view, this.#px, whole);
    const only = callOf(options['task']);
    const wanted: Asked<'tasks'> = {
      t0,
      t1,
      limit: TASKS,
      ...(only !== null && options['alone'] === '1' ? { thread: only.thread, task: only.call } : {}),
    };
    const key = JSON.stringify(wanted);
    if (key === this.#asked.tasks) return;
    this.#asked.tasks = key;
    this.#tasks.want({ ...askedRun(), ...wanted });
  }

  #newest<Q extends 'overview' | 'window' | 'tasks' | 'frame'>(
    question: Q,
    late: 'wait' | 'cancel',
    onAnswer: (answer: Answered<Q>) => void,
  ): Newest<Asked<Q>, Answered<Q>> {
    const name = {};
    return new Newest({
      late,
      answer: (by: Asked<Q>, signal) => ask(question, by, signal),
      onAnswer: (answer) => {
        if (this.shown.getState().failure !== null) this.shown.setState({ failure: null });
        onAnswer(answer);
      },
      onFailure: (error) => {
        if (error instanceof NoAnswer) this.shown.setState({ failure: error });
      },
      onBusy: (isBusy) => this.#note(name, isBusy),
    });
  }

  /** A line that comes and goes with each answer would flicker. */
  #note(name: object, isBusy: boolean): void {
    if (isBusy) this.#busy.add(name);
    else this.#busy.delete(name);
    if (this.#busy.size === 0) {
      clearTimeout(this.#busyTimer);
      this.#busyTimer = undefined;
      if (this.shown.getState().isBusy) this.shown.setState({ isBusy: false });
    } else
      this.#busyTimer ??= setTimeout(() => this.shown.setState({ isBusy: this.#busy.size > 0 }), NOTICED_MS);
  }
}

/** Where a person looks first: at the first error, else where calls begin. */
function firstMoment({
  head: { from, resolution, marks },
  columns: { calls },
}: Answered<'overview'>): number {
  const error = marks.find(({ kind }) => kind === 'uncaught') ?? marks.find(({ kind }) => kind === 'error');
  if (error !== undefined) return error.at;
  const first = calls.findIndex((each) => each > 0);
  // The end of that stretch: calls have begun.
  return first < 0 ? from : from + (first + 1) * resolution;
}
