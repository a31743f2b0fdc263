/**
 * When each event of a batch happened.
 *
 * Anchors are places in the word stream whose time is known: stamped events (exact) and samples `(position, time)` of the
 * observer, which say "all words before this position had been written by then". Between two anchors time is
 * interpolated linearly by position, over the ends of batches; how far they are apart is the uncertainty.
 *
 *   words     E E L E L L F . . E L          F . . = a stamped event with its operands
 *   anchors   ^sample   ^   ^exact      ^sample
 *
 * A stall (the thread waited for the recorder) has two exact anchors at its place: its beginning, up to which the words before it happened, and its end.
 * A time that the thread told of the word before it, or of the next one, is an exact anchor at that word, too.
 */
import { Kind, OPERANDS, STALL, stallMicros, Told } from '@intellimap/probe/wire';

/** Observations of the cursor: `position[i]` words of the batch had been written at `time[i]` (µs, full clock). */
export interface Samples {
  position: ArrayLike<number>;
  time: ArrayLike<number>;
}

/** Windows of one batch: window k reaches from word `at[k]` to `at[k + 1]`, from `time[k]` to `time[k + 1]`. */
export interface Windows {
  /** Number of anchors; there is one window less. */
  count: number;
  at: Int32Array;
  time: Float64Array;
  /** 1: the event at `at[k]` is stamped, its time is exact. */
  exact: Uint8Array;
  /** By how much times in window k may be wrong, in µs: how far apart the anchors are, be they in other batches. */
  unsure: Float64Array;
}

const WRAP = 2 ** 32;
/** Bit k is set when words of kind k carry a time as second operand. */
const STAMPED =
  (1 << Kind.FRAME_ENTER) |
  (1 << Kind.FRAME_LEAVE) |
  (1 << Kind.FRAME_THROW) |
  (1 << Kind.SUSPEND) |
  (1 << Kind.RESUME) |
  (1 << Kind.TASK) |
  (1 << Kind.TIME);

/** How fast words come is told by so much time at least, if there is as much. */
const PACE_MICROS = 250;

/** Full time whose low 32 bits are `low`, nearest to `near` (right within ± 35 minutes). */
export function unwrap(low: number, near: number): number {
  const candidate = Math.floor(near / WRAP) * WRAP + low;
  if (candidate - near > WRAP / 2) return candidate - WRAP;
  if (near - candidate > WRAP / 2) return candidate + WRAP;
  return candidate;
}

/** Finds the windows of consecutive batches of one thread. */
export class Clock {
  /** First and last time known so far; NaN before any. */
  first = NaN;
  last = NaN;
  /**
   * All that happened up to here is among the words seen so far. Less than `last`: the observer's look that ends a batch may have
   * seen words of the next one.
   */
  certain = NaN;
  /** Words of the batch, and the last anchor before it. */
  private length = 0;
  /** µs from the last anchor to `last`, which was interpolated; 0: it is one. NaN: it was set, by who begins in the middle. */
  private loose = NaN;
  private before = NaN;
  private current: Windows = {
    count: 0,
    at: new Int32Array(64),
    time: new Float64Array(64),
    exact: new Uint8Array(64),
    unsure: new Float64Array(64),
  };

  /** Windows of a batch; valid until the next call. Word 0 and the end of the batch are always anchors. */
  windows(words: Int32Array, samples: Samples): Windows {
    const all = this.current;
    this.before = this.timeBefore(this.length);
    this.length = words.length;
    all.count = 0;
    if (!Number.isNaN(this.last)) this.#add(0, this.last, 0);
    // The first sample is the last one before the batch.
    if (Number.isNaN(this.loose)) this.loose = Math.max(0, this.last - samples.time[0]) || 0;
    const before = this.loose;
    const reached = this.#scan(words, samples);
    for (let s = 0; s < samples.position.length && samples.position[s] <= words.length; s++)
      this.#assure(samples.time[s]);
    let s = reached;
    for (; s < samples.position.length && samples.position[s] <= words.length; s++)
      this.#add(samples.position[s], samples.time[s], 0);
    const isOpen = s < samples.position.length && this.#lead(samples.position[s], samples.time[s]);
    this.#close(words.length);
    this.#measure(before, isOpen ? samples.time[s] - this.last : 0);
    return all;
  }

  /** The next sample lies behind the batch: its end is as far on the way there as its words are. */
  #lead(position: number, sampled: number): boolean {
    const all = this.current;
    const from = all.count - 1;
    if (from < 0 || !(sampled > all.time[from])) {
      this.#add(this.length, sampled, 0);
      this.loose = 0;
      return false;
    }
    const [at, time] = [all.at[from], all.time[from]];
    const words = this.length - at;
    // The thread may have slept before it was looked at: where it tells times itself, those of the next batch are not to come before this end.
    const end = time + words * Math.min((sampled - time) / (position - at), this.#pace);
    // The first anchor may itself be such an end.
    this.loose = end - time + (from === 0 ? this.loose : 0);
    this.#add(this.length, end, 0);
    return true;
  }

  /** µs a word, of the last words between times that the thread told; Infinity: it told fewer than two. */
  get #pace(): number {
    const { at, time, exact, count } = this.current;
    let to = count - 1;
    while (to >= 0 && exact[to] === 0) to--;
    let from = to;
    for (let k = to - 1; k >= 0 && time[to] - time[from] < PACE_MICROS; k--) if (exact[k] === 1) from = k;
    return from < 0 || time[from] === time[to] ? Infinity : (time[to] - time[from]) / (at[to] - at[from]);
  }

  /** @param before how far the first anchor is behind a known time @param beyond how far the last is before one */
  #measure(before: number, beyond: number): void {
    const { count, time, unsure } = this.current;
    for (let k = 0; k + 1 < count; k++) unsure[k] = time[k + 1] - time[k];
    unsure[0] += before;
    unsure[Math.max(0, count - 2)] += beyond;
    if (beyond === 0) this.loose = 0;
  }

  /**
   * Time of the last anchor before word `i` of the batch, or before the batch: whatever is missing before that word happened
   * after it. NaN: there is none.
   */
  timeBefore(i: number): number {
    const { at, time, count } = this.current;
    for (let k = count - 1; k >= 0; k--) if (at[k] < i) return time[k];
    return this.before;
  }

  /** Adds stamped events, and the samples before them; returns the first sample not added. */
  #scan(words: Int32Array, samples: Samples): number {
    const { position, time } = samples;
    const sampleCount = position.length;
    let s = 0;
    const addSamples = (upTo: number): void => {
      while (s < sampleCount && position[s] <= upTo) this.#add(position[s], time[s++], 0);
    };
    let before = -1;
    for (let i = 0; i < words.length;) {
      const kind = words[i] & 15;
      if (kind < Kind.FRAME_ENTER) {
        before = i++;
        continue;
      }
      if ((STAMPED >> kind) & 1 && i + 2 < words.length) {
        const told = words[i] === STALL ? words[i + 1] : 0;
        const from = told === Told.BEFORE && before === i - 1 ? Math.max(before, 0) : i;
        addSamples(from);
        // The next sample was taken soon after the stamp, however long the thread slept before it.
        const near = s < sampleCount ? time[s] : this.#latest();
        const stamp = unwrap(words[i + 2] >>> 0, Number.isNaN(near) ? 0 : near);
        const waited = stallMicros(told);
        if (waited !== 0 || from < i) this.#add(from, stamp - waited, 1);
        addSamples(i);
        this.#add(i, stamp, 1);
        if (told === Told.NEXT && i + 3 < words.length) this.#add(i + 3, stamp, 1);
        this.#assure(stamp);
      }
      i += 1 + OPERANDS[kind];
    }
    return s;
  }

  #assure(time: number): void {
    if (!(time <= this.certain)) this.certain = time;
  }

  #latest(): number {
    const { count, time } = this.current;
    return count > 0 ? time[count - 1] : this.last;
  }

  /** Adds an anchor and keeps times ascending: stamps win over samples, earlier stamps over later ones. */
  #add(at: number, time: number, exact: 0 | 1): void {
    const all = this.current;
    if (exact === 1)
      while (all.count > 1 && all.exact[all.count - 1] === 0 && all.time[all.count - 1] > time) all.count--;
    const latest = all.count > 0 ? all.time[all.count - 1] : -Infinity;
    if (exact === 0 && time < latest) return;
    if (all.count === all.at.length) this.#grow();
    all.at[all.count] = at;
    all.time[all.count] = Math.max(time, latest);
    all.exact[all.count++] = exact;
  }

  #close(length: number): void {
    const all = this.current;
    if (all.count === 0) this.#add(0, Number.isNaN(this.last) ? 0 : this.last, 0);
    else if (Number.isNaN(this.first)) this.first = all.time[0]!;
    if (all.at[0] > 0) this.#startAtZero();
    if (all.at[all.count - 1] < length) this.#add(length, all.time[all.count - 1], 0);
    this.last = all.time[all.count - 1]!;
  }

  /** Nothing is known before the first anchor ever: words before it get its time. */
  #startAtZero(): void {
    const all = this.current;
    if (all.count === all.at.length) this.#grow();
    all.at.copyWithin(1, 0, all.count);
    all.time.copyWithin(1, 0, all.count);
    all.exact.copyWithin(1, 0, all.count);
    all.at[0] = 0;
    all.exact[0] = 0;
    all.count++;
  }

  #grow(): void {
    const all = this.current;
    const size = all.at.length * 2;
    const [at, time, exact] = [new Int32Array(size), new Float64Array(size), new Uint8Array(size)];
    // Nothing is in it yet.
    const unsure = new Float64Array(size);
    at.set(all.at);
    time.set(all.time);
    exact.set(all.exact);
    Object.assign(all, { at, time, exact, unsure });
  }
}
