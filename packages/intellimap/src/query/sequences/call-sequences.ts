/** Question: what happened in the calls of a function, one after the other, and how often was it so? From the recording itself: awaits have no rows, and short calls none either. */
import { setImmediate as turn } from 'node:timers/promises';
import { Seen } from '../../base/call-trace.ts';
import type { ThreadMoments } from '../../store/index.ts';
import { momentsOf, type RunMoments } from '../moments.ts';
import type { Session } from '../session.ts';
import { Follower, type Numbers } from './follow.ts';
import { type CallSequence, SequenceList } from './sequence-list.ts';

/** Something that happened: who was called, or which `await`, `throw`, … of the function it was. */
export interface ToldEvent {
  seen: Seen;
  /** `ast_node_id`; '': unknown. */
  id: string;
}

export interface CallSequences {
  told: ToldEvent[];
  /** Most often first. */
  sequences: CallSequence[];
  /** Calls that were followed. */
  calls: number;
  /** Calls of which a part is missing in the recording. */
  partial: number;
  /** Calls whose sequence is not kept, as there are too many different ones, or it is too long. */
  beyond: number;
  /** There were more calls. */
  isCut: boolean;
}

/** Calls that are followed, at most, but for those of the frame of the recording in which that many are reached. */
export const CALLS = 200_000;
const SLICE_MS = 30;

/** Undefined: the run has no recording of single calls, or does not know the function. @param id `functions.ast_node_id` */
export async function callSequences(
  session: Session,
  id: string,
  most = CALLS,
): Promise<CallSequences | undefined> {
  const run = await momentsOf(session);
  const wanted = run.functions.find((each) => each?.id === id)?.fn;
  if (run.moments === undefined || wanted === undefined) return undefined;
  const list = new SequenceList();
  const names = new Names(run);
  let [partial, isCut] = [0, false];
  for (const { thread } of run.threads) {
    const recorded = isCut ? undefined : await run.moments.thread(thread);
    if (recorded === undefined) continue;
    const done = await followed(recorded, thread, wanted, names, list, most);
    partial += done.partial;
    isCut = done.isCut;
  }
  const { calls, beyond } = list;
  return { told: names.told, sequences: list.all(), calls, partial, beyond, isCut };
}

async function followed(
  recorded: ThreadMoments,
  thread: number,
  wanted: number,
  names: Names,
  list: SequenceList,
  most: number,
): Promise<{ partial: number; isCut: boolean }> {
  const { keyframes, count } = recorded;
  const word = { site: 0 };
  const follower = new Follower(thread, wanted, names.of(thread, wanted, word), list);
  let since = performance.now();
  for (let frame = 0; frame < count; frame++) {
    if (keyframes.afterGap.data[frame] === 1) follower.gap();
    if (!follower.isBusy && !keyframes.calls(frame, wanted)) continue;
    if (list.calls >= most) return { partial: follower.partial, isCut: true };
    const { stack, words, times } = recorded.open(frame);
    stack.listener = (event, call, fn, at, parent) => {
      word.site = words[at] >>> 4;
      follower.hear({ event, call, fn, parent, t: times.sinceStart(at) });
      return false;
    };
    stack.feed(words, 0, words.length, times);
    if (performance.now() - since < SLICE_MS) continue;
    await turn();
    since = performance.now();
  }
  if (recorded.endsInGap) follower.gap();
  follower.finish();
  return { partial: follower.partial, isCut: false };
}

/** Gives all that is told a number. */
class Names {
  readonly told: ToldEvent[] = [];
  readonly #run: RunMoments;
  readonly #numbers = new Map<string, number>();
  readonly #functions = new Map<number, number>();

  constructor(run: RunMoments) {
    this.#run = run;
  }

  /** @param word the one that is told at the moment */
  of(thread: number, wanted: number, word: { site: number }): Numbers {
    const sites = new Map<number, number | undefined>();
    return {
      called: (fn) => {
        const known = this.#functions.get(fn);
        if (known !== undefined) return known;
        const number = this.#number(Seen.CALL, this.#run.functionOf(fn).id);
        this.#functions.set(fn, number);
        return number;
      },
      place: (seen) => {
        if (!sites.has(word.site)) sites.set(word.site, this.#place(thread, wanted, word.site, seen));
        return sites.get(word.site);
      },
    };
  }

  #place(thread: number, wanted: number, site: number, seen: Seen): number | undefined {
    const place = this.#run.moments!.place(thread, site);
    if (place === null) return undefined;
    const around = place.table.sites[place.site.parent];
    if (around?.id !== this.#run.functionOf(wanted).id) return undefined;
    return this.#number(place.site.kind === 'catch' ? Seen.CATCH : seen, place.site.id);
  }

  #number(seen: Seen, id: string): number {
    const key = `${seen} ${id}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.told.length);
    return this.told.push({ seen, id }) - 1;
  }
}
