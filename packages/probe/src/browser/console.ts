/** What the program says with `console.error`, and what the browser could not load. The call itself goes on as it was. */
import { describe } from '../core/index.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { micros } from './natives.ts';
import { patch } from './patch.ts';
import type { Teller } from './teller.ts';

/** A word that says which call and task something is of, by its number. */
const ASKS = wordOf(Kind.TASK, 3);
/** Messages that are told apart; the rest is counted. */
const MAX_MESSAGES = 1000;
const MAX_MESSAGE = 500;
/** Read of one: more than is told, as no secret may be cut in two. */
const MAX_READ = 1000;

/** Returns how to tell what could not be loaded. */
export function followConsole({ note, atTake, number, mark, said }: Teller): (message: string) => void {
  let all = 0;
  let [id, last, count, told] = [0, '', 0, 0];
  const tellCount = (): void => {
    if (count > told) note({ t: 'console', id, count: (told = count) });
  };
  const say = (text: string, load: boolean): void => {
    count++;
    if (all > MAX_MESSAGES || (all && text === last)) return;
    count--;
    tellCount();
    count = told = 1;
    last = text;
    const message = ++all > MAX_MESSAGES ? '' : said(text, MAX_MESSAGE);
    mark(ASKS, (id = number()));
    note({ t: 'console', id, load, message, micros: micros() });
  };
  atTake(tellCount);
  patch(console, 'error', (args) => say(all > MAX_MESSAGES ? last : textOf(args), false));
  return (message) => say(message, true);
}

/** As consoles write it, without looking into objects. */
function textOf(args: unknown[]): string {
  let text = '';
  let at = 0;
  const next = (): string => {
    const value = args[at++];
    const { name, message } = describe(
      value,
      () => false,
      (it) => it,
    );
    return typeof value === 'object' || typeof value === 'function'
      ? name + (message && `: ${message}`)
      : message;
  };
  const [format] = args;
  if (typeof format === 'string') {
    at++;
    for (let from = 0; from < format.length && text.length < MAX_READ; from++)
      if (format[from] !== '%' || at === args.length || !'sdifoOc'.includes(format[from + 1] || ' '))
        text += format[from];
      else if (format[++from] === 'c') at++; // Styles.
      else text += next();
  }
  while (at < args.length && text.length < MAX_READ) text += (text && ' ') + next();
  return text;
}
