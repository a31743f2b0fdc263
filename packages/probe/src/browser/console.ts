/** What the program says with `console.error`, and what the browser could not load. The call itself goes on as it was. */
import { describe } from '../core/index.ts';
import { slice } from '../core/intrinsics.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { micros } from './natives.ts';
import { patch } from './patch.ts';
import type { Teller } from './teller.ts';

/** A word that says which call and task something is of, by its number. */
const ASKS = wordOf(Kind.TASK, 3);
/** Messages that are told apart; the rest is counted. */
const MAX_MESSAGES = 1000;
const MAX_MESSAGE = 500;

/** Returns how to tell what could not be loaded. */
export function followConsole({ note, atTake, number, mark, said }: Teller): (message: string) => void {
  let count = 0;
  let last = { id: 0, message: '', load: false };
  /** How often the last was said, and how often it was said when that was told. */
  let [times, toldTimes] = [1, 1];
  const tellTimes = (): void => {
    if (times > toldTimes) note({ t: 'console', id: last.id, count: (toldTimes = times) });
  };
  const say = (text: string, load: boolean): void => {
    const message = said(slice(text, 0, MAX_MESSAGE));
    if (count > MAX_MESSAGES || (count > 0 && message === last.message && load === last.load)) {
      times++;
      return;
    }
    tellTimes();
    times = toldTimes = 1;
    last = { id: number(), message: ++count > MAX_MESSAGES ? '' : message, load };
    mark(ASKS, last.id);
    note({ t: 'console', ...last, micros: micros() });
  };
  atTake(tellTimes);
  patch(console, 'error', (args) => say(textOf(args), false));
  return (message) => say(message, true);
}

/** As consoles write it, without looking into objects. */
function textOf(args: unknown[]): string {
  let [at, text] = [0, ''];
  const next = (): string => shown(args[at++]);
  if (typeof args[0] === 'string') {
    const format = args[at++] as string;
    for (let from = 0; from < format.length && text.length < MAX_MESSAGE; from++) {
      const isPlace = format[from] === '%' && at < args.length && 'sdifoOc'.includes(format[from + 1] || ' ');
      // Of `%c`, styles.
      if (isPlace) text += format[++from] === 'c' ? (at++, '') : next();
      else text += format[from];
    }
  }
  while (at < args.length && text.length < MAX_MESSAGE) text += (text && ' ') + next();
  return text;
}

function shown(value: unknown): string {
  const { name, message } = describe(value, () => false);
  const isPlain = typeof value !== 'object' && typeof value !== 'function';
  return isPlain ? message : value === null ? 'null' : name + (message && `: ${message}`);
}
