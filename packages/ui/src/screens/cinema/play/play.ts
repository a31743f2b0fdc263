/** How playing goes on: over what happened; stretches in which nothing did are passed quickly, and never more quickly than can be seen. Pure. */
import type { Overview, TimeWindow } from '../../../../../intellimap/src/serve/contract.ts';
import { duration } from '../../../text/format.ts';
import type { Stretch } from '../time/stretch.ts';
import { type Bars, busyOf, merged } from '../lanes/bars.ts';

/** Seconds that a stretch without events takes at most. */
const PASS_SECONDS = 0.3;
/** Seconds in which a window, or a whole run, is played where nobody chose a speed. */
const WINDOW_SECONDS = 20;
/** Shortest stretch that is passed, as a share of what is in view: shorter ones are not seen as waiting. */
const LEAST_SHARE = 0.01;

/** What is known of a run, as `Shown` has it. */
export interface Known {
  bars: Bars | null;
  window: TimeWindow | null;
  overview: Overview | null;
  /** Functions (`ast_node_id`) that alone count; null: all. */
  chain: readonly string[] | null;
}

/** When anything ran, in order: exactly where bars are known, else by the buckets of the overview. */
export function ranIn({ bars, window, overview, chain }: Known): Stretch[] {
  const exact = bars === null ? [] : busyOf(chain === null ? bars : only(bars, chain));
  const coarse = overview === null || chain !== null ? [] : bucketsOutside(overview, window);
  return [...coarse, ...exact].toSorted((a, b) => a[0] - b[0]);
}

function bucketsOutside(
  { head: { from, resolution }, columns: { busy } }: Overview,
  window: TimeWindow | null,
): Stretch[] {
  const [t0, t1] = window === null ? [0, 0] : [window.head.t0, window.head.t1];
  const stretches: Stretch[] = [];
  for (let n = 0; n < busy.length; n++) {
    const [start, end] = [from + n * resolution, from + (n + 1) * resolution];
    if (busy[n] > 0 && (end <= t0 || start >= t1)) stretches.push([start, end]);
  }
  return stretches;
}

/** Only bars of these functions, as if each were the lowest of its lane. */
function only(bars: Bars, chain: readonly string[]): Bars {
  const wanted = new Set(chain);
  const kept = Array.from(bars.lane.keys()).filter((n) => wanted.has(bars.functions[bars.fn[n]].id));
  return { ...bars, runs: kept.map((n) => ({ lane: bars.lane[n], depth: 0, first: n, end: n + 1 })) };
}

/** Stretches between those in which something ran; `busy` is in order and merged. */
export function idleOf(busy: readonly Stretch[], [from, to]: Stretch): Stretch[] {
  const idle: Stretch[] = [];
  let at = from;
  for (const [start, end] of busy) {
    if (start > at) idle.push([at, Math.min(start, to)]);
    at = Math.max(at, end);
    if (at >= to) return idle;
  }
  if (at < to) idle.push([at, to]);
  return idle;
}

/** Those that playing does not wait for at a speed. */
export const passed = (idle: readonly Stretch[], view: Stretch, speed: number): Stretch[] =>
  idle.filter(
    ([from, to]) => to - from > PASS_SECONDS * 1e6 * speed && to - from > LEAST_SHARE * (view[1] - view[0]),
  );

/**
 * Where the playhead is so many seconds later. `speed`: seconds of the run for a second, negative backwards; `passing`: what `passed`
 * gives, in order.
 */
export function advanced(t: number, seconds: number, speed: number, passing: readonly Stretch[]): number {
  const sign = Math.sign(speed);
  const along = sign > 0 ? passing : passing.toReversed();
  let [at, left] = [t, seconds];
  for (const [from, to] of along) {
    const [enter, leave] = sign > 0 ? [from, to] : [to, from];
    if ((leave - at) * sign <= 0) continue;
    const until = Math.max(0, ((enter - at) * sign) / 1e6 / Math.abs(speed));
    if (until >= left) break;
    left -= until;
    at = (enter - at) * sign > 0 ? enter : at;
    const rate = (to - from) / PASS_SECONDS;
    const rest = ((leave - at) * sign) / rate;
    if (rest >= left) return at + sign * rate * left;
    left -= rest;
    at = leave;
  }
  return at + left * speed * 1e6;
}

/** 1, 2 or 5 times a power of ten, seconds of the run for a second, at which what ran in a view is played in some `WINDOW_SECONDS`. */
export function fittingSpeed(busy: readonly Stretch[], view: Stretch): number {
  const inView = merged(
    busy.map(([from, to]): [number, number] => [Math.max(from, view[0]), Math.min(to, view[1])]),
  )
    .map(([from, to]) => to - from)
    .filter((length) => length > 0);
  const total = inView.reduce((sum, length) => sum + length, 0);
  return SPEEDS.findLast((speed) => speed * 1e6 * WINDOW_SECONDS <= Math.max(total, 1)) ?? SPEEDS[0];
}

/** Slowest: 1 s shows 1 µs. */
export const SPEEDS: readonly number[] = Array.from({ length: 8 }, (_, n) =>
  [1, 2, 5].map((k) => k * 10 ** (n - 6)),
)
  .flat()
  .map((speed) => Number(speed.toPrecision(1)));

export const faster = (speed: number): number => SPEEDS.find((each) => each > speed) ?? SPEEDS.at(-1)!;
export const slower = (speed: number): number => SPEEDS.findLast((each) => each < speed) ?? SPEEDS[0];

/** `0.01×`, `0.000 005×`, `20×` */
export function speedText(speed: number): string {
  const [whole, rest = ''] = speed.toFixed(6).split('.');
  const digits = rest.replace(/0+$/, '');
  const grouped = digits.length > 3 ? `${digits.slice(0, 3)} ${digits.slice(3)}` : digits;
  return `${whole}${grouped === '' ? '' : `.${grouped}`}×`;
}

/** `1 s shows 10 ms` */
export const speedLine = (speed: number): string => `1 s shows ${duration(Math.abs(speed) * 1e6)}`;
