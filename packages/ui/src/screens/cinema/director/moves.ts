/** What a person does in the cinema: zoom, pan, step, jump. Each is a change of the one selection. */
import { ask, NoAnswer } from '../../../api/ask.ts';
import { askedRun } from '../../../state/run.ts';
import { choose, go, selection } from '../../../state/selection.ts';
import { LEVELS, type Level, type Selection } from '../../../state/url.ts';
import { moment } from '../../../text/format.ts';
import { unpacked } from '../../../../../intellimap/src/base/packed.ts';
import type { AskedStep, Step } from '../../../../../intellimap/src/serve/contract.ts';
import { fitting, moved, revealing, type Stretch, zoomed } from '../time/stretch.ts';
import { callOf, callText, taskText } from './call.ts';
import type { Director } from './director.ts';
import { lookedAt } from './live.ts';

/** Times are told to a hundredth of a µs: a URL is read by people, too. */
const exact = (us: number): number => Math.round(us * 100) / 100;
const told = ([from, to]: Stretch): Stretch => [exact(from), exact(to)];

const UNMEASURED: Stretch = [0, Infinity];

interface Visit {
  t: number;
  call?: string | null;
  function?: string | null;
  module?: string | null;
  why?: string | null;
}

export class Moves {
  readonly #director: Director;
  /** Windows that were left, for Z. */
  readonly #left: (Stretch | null)[] = [];

  constructor(director: Director) {
    this.#director = director;
  }

  /** Follows a hand: no step of its own in the history. */
  look(stretch: Stretch): void {
    go({ window: told(stretch) }, { replace: true });
  }

  /** A jump: Back returns. */
  jump(stretch: Stretch | null): void {
    const { window } = selection.getState();
    this.#left.push(window);
    go({ window: stretch === null ? null : told(stretch) });
  }

  zoom(factor: number, at = this.#zoomPoint()): void {
    const { view, whole, isMeasured } = this.#director;
    if (isMeasured) this.look(zoomed(view, at, factor, whole));
  }

  pan(share: number): void {
    const { view, whole, isMeasured } = this.#director;
    if (isMeasured) this.look(moved(view, share, whole));
  }

  back(): void {
    const before = this.#left.pop();
    if (before !== undefined) go({ window: before });
  }

  /** The playhead follows a hand. */
  scrub(t: number): void {
    const [from, to] = this.#director.whole;
    if (!this.#director.isMeasured) return;
    go({ ...leavingPlace(), t: exact(Math.max(from, Math.min(to, t))) }, { replace: true });
  }

  /** The playhead goes to a moment, which comes into view. `why`: the value that is asked about, null: none; absent: as the call has it. */
  goTo({ why, ...change }: Visit): void {
    const { call, options, window } = selection.getState();
    const { view, whole, isMeasured } = this.#director;
    // Who steps on before the run is measured goes on from the window of the link.
    const isFixed = isMeasured || window !== null;
    const next = isFixed ? revealing(view, change.t, isMeasured ? whole : UNMEASURED) : view;
    // A value that was asked about is one of the call that was looked at.
    const { why: _, ...others } = options;
    const isOther = change.call !== undefined && change.call !== call;
    const before = options['why'] ?? null;
    const about = why !== undefined ? why : isOther ? null : before;
    go({
      ...leavingPlace(),
      ...change,
      ...(about === before ? {} : { options: about === null ? others : { ...others, why: about } }),
      ...(next === view ? {} : { window: told(next) }),
    });
  }

  level(level: Level): void {
    go({ level });
  }

  /** One level in, or out. */
  deeper(by: 1 | -1): void {
    const at = LEVELS.indexOf(selection.getState().level) + by;
    if (at >= 0 && at < LEVELS.length) go({ level: LEVELS[at] });
  }

  /** Fits the call that is selected, or runs now. */
  async fit(): Promise<void> {
    const top = this.#top();
    const call =
      callOf(selection.getState().call) ?? (top === null ? null : { ...this.#scope(), call: top.call });
    if (call?.thread === undefined) return;
    const tree = await this.#try(() => ask('tree', { ...askedRun(), thread: call.thread!, call: call.call }));
    if (tree === undefined) return;
    const { start, duration } = unpacked(tree);
    const to = Number.isNaN(duration[0]) ? this.#director.whole[1] : start[0] + duration[0];
    if (start[0] >= 0) this.jump(fitting([start[0], to], this.#director.whole));
  }

  /** The next or previous thing that happened, of a thread, a task, a function, or at all. */
  async step(
    direction: AskedStep['direction'],
    what: AskedStep['what'],
    scope: Partial<AskedStep> = this.#scope(),
  ): Promise<void> {
    const step = await this.#ask({ t: this.#director.t, direction, what, ...scope });
    if (step === null)
      this.#say(direction === 'next' ? `no ${WORDS[what]} after this` : `no ${WORDS[what]} before this`);
    else if (step !== undefined) this.#arrive(step);
  }

  /** In this task if the playhead is in one, else in this thread. */
  taskScope(): Partial<AskedStep> {
    const { thread } = this.#scope();
    const task = this.#top()?.task ?? null;
    return thread === undefined ? {} : task === null ? { thread } : { thread, task };
  }

  /** Calls of the function that is selected, or runs now. */
  functionScope(): Partial<AskedStep> {
    const id = selection.getState().function ?? this.#top()?.id;
    return id === undefined || id === '' ? this.#scope() : { function: id };
  }

  /** Again: none is chosen. */
  chooseTask(task: { thread: number; task: number }): void {
    const name = taskText(task);
    choose({ task: selection.getState().options['task'] === name ? null : name });
  }

  /** To the other end of the message that led to this call, or that it sent. */
  follow(end: 'from' | 'to'): void {
    const call = callOf(selection.getState().call);
    const { tasks } = this.#director.shown.getState();
    const links = (tasks?.head.links ?? []).filter(
      ({ task }) => tasks?.head.tasks[task]?.thread === call?.thread,
    );
    const link =
      end === 'from'
        ? links.find((each) => each.toCall === call?.call)
        : links.find((each) => each.fromCall === call?.call);
    if (link === undefined || call === null)
      return this.#say(
        end === 'from' ? 'no message is known to have led here' : 'it is not known to have sent a message',
      );
    this.goTo({
      t: end === 'from' ? link.sent : link.arrived,
      call: callText({ thread: call.thread, call: end === 'from' ? link.fromCall : link.toCall }),
    });
  }

  bookmark(): void {
    const marks = bookmarksOf(selection.getState().options);
    const t = exact(this.#director.t);
    const next = marks.includes(t)
      ? marks.filter((mark) => mark !== t)
      : [...marks, t].toSorted((a, b) => a - b);
    choose({ marks: next.length === 0 ? null : next.join('_') });
    this.#say(marks.includes(t) ? `bookmark at ${moment(t)} taken away` : `bookmark at ${moment(t)}`);
  }

  nextBookmark(): void {
    const marks = bookmarksOf(selection.getState().options);
    const next = marks.find((mark) => mark > this.#director.t) ?? marks[0];
    if (next === undefined) this.#say('there is no bookmark yet: B sets one');
    else this.goTo({ t: next });
  }

  #arrive(step: Step): void {
    this.#director.set({ step });
    this.#say(
      [moment(step.t), step.fn?.name ?? 'nothing on the stack', KINDS[step.kind]].filter(Boolean).join(', '),
    );
    this.goTo({
      t: step.t,
      ...(step.call === null ? {} : { call: callText({ thread: step.thread, call: step.call }) }),
      ...(step.fn === null ? {} : { function: step.fn.id || null, module: step.fn.path || null }),
    });
  }

  #say(said: string): void {
    this.#director.set({ said });
  }

  async #ask(by: AskedStep): Promise<Step | null | undefined> {
    return await this.#try(() => ask('step', { ...askedRun(), ...by }));
  }

  /** undefined: it could not be asked, which is told. */
  async #try<T>(asking: () => Promise<T>): Promise<T | undefined> {
    try {
      return await asking();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#director.set({ failure: error });
      return undefined;
    }
  }

  #scope(): Partial<AskedStep> {
    const call = callOf(selection.getState().call);
    if (call !== null) return call;
    const { frame } = this.#director.shown.getState();
    const running = frame?.threads.find(({ stack }) => stack.length > 0);
    return running === undefined ? {} : { thread: running.thread };
  }

  /** The call that runs now, in the thread that is looked at. */
  #top() {
    return lookedAt(this.#director.shown.getState().frame, callOf(selection.getState().call))?.call ?? null;
  }

  #zoomPoint(): number {
    const { t, view } = this.#director;
    return t >= view[0] && t <= view[1] ? t : (view[0] + view[1]) / 2;
  }
}

/** A place that was chosen without a call is read until the playhead moves; then what runs is. */
const leavingPlace = (): Partial<Selection> =>
  selection.getState().call === null ? { function: null, module: null } : {};

/** µs, in order. */
export const bookmarksOf = (options: Readonly<Record<string, string>>): number[] =>
  (options['marks'] ?? '').split('_').filter(Boolean).map(Number).filter(Number.isFinite);

const WORDS: Record<AskedStep['what'], string> = {
  event: 'event',
  call: 'call',
  error: 'error',
  state: 'write',
  sibling: 'sibling call',
  parent: 'caller',
  child: 'call made by it',
  'same-function': 'call of this function',
};

const KINDS: Record<Step['kind'], string> = {
  begin: 'begins',
  return: 'returns',
  throw: 'throws',
  suspend: 'waits',
  resume: 'goes on',
  error: 'error',
  state: 'writes',
  value: 'value',
  task: 'task',
  other: '',
};
