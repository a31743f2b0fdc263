/** What somebody looks for, from what they typed. Pure. */

export type Mode =
  | { kind: 'anything'; text: string }
  | { kind: 'command'; text: string }
  | { kind: 'sql'; text: string }
  | { kind: 'error'; text: string }
  | { kind: 'run'; text: string }
  /** µs since the run began; null: not yet a time. */
  | { kind: 'time'; at: number | null };

const SIGNS: Record<string, 'command' | 'sql' | 'error'> = { '>': 'command', ':': 'sql', '#': 'error' };

export function modeOf(typed: string): Mode {
  const kind = SIGNS[typed[0]];
  if (kind !== undefined) return { kind, text: typed.slice(1).trim() };
  const time = /^t\s+(.*)$/i.exec(typed);
  if (time !== null) return { kind: 'time', at: timeOf(time[1]) };
  const run = /^run\s+(.*)$/i.exec(typed);
  if (run !== null) return { kind: 'run', text: run[1].trim() };
  return { kind: 'anything', text: typed.trim() };
}

const UNITS: Record<string, number> = { '': 1e6, s: 1e6, ms: 1e3, us: 1, µs: 1, min: 60e6 };

/** `12.586`, `12586 ms`, `1:05.5`; µs */
export function timeOf(text: string): number | null {
  const clock = /^(\d+):(\d{1,2}(?:\.\d+)?)$/.exec(text.trim());
  if (clock !== null) return Math.round((Number(clock[1]) * 60 + Number(clock[2])) * 1e6);
  const found = /^(\d[\d ,]*(?:\.[\d ]+)?)\s*(s|ms|us|µs|min)?$/.exec(text.trim());
  if (found === null) return null;
  return Math.round(Number(found[1].replaceAll(/[ ,]/g, '')) * UNITS[found[2] ?? '']);
}

/** How well a text fits what is looked for: 0 not at all; letters in order, better together and at the beginning of words. */
export function fits(text: string, wanted: string): number {
  if (wanted === '') return 1;
  const [hay, needle] = [text.toLowerCase(), wanted.toLowerCase()];
  const at = hay.indexOf(needle);
  if (at >= 0) return 3 - at / (hay.length + 1) - (/\w/.test(hay[at - 1] ?? ' ') ? 0.5 : 0);
  let from = 0;
  for (const letter of needle) {
    from = hay.indexOf(letter, from) + 1;
    if (from === 0) return 0;
  }
  return needle.length / hay.length;
}

/** Those that fit, the best first. */
export const fitting = <T>(all: readonly T[], wanted: string, textOf: (each: T) => string): T[] =>
  all
    .map((each) => ({ each, fit: fits(textOf(each), wanted) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit)
    .map(({ each }) => each);
