/** Errors that nobody caught, and rejections that nobody handled, as on Node: see `reportUncaught`. And what the browser could not load. */
import { describe, MAX_MESSAGE } from '../core/index.ts';
import { apply, getOwnPropertyDescriptor, indexOf, slice } from '../core/intrinsics.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { listen, micros } from './natives.ts';
import { NativeError, quietly } from './patch.ts';
import type { Teller } from './teller.ts';
import { toldByWorker } from './workers.ts';

const NOW = wordOf(Kind.TIME, 0);
const EMPTY_STACK = wordOf(Kind.TIME, 1);
const MAX_STACK = 4000;

const stackIn = (object: object): PropertyDescriptor | undefined => getOwnPropertyDescriptor(object, 'stack');
/** What V8 knows of an error: found when it is asked for first, as even looking for it has V8 make a trace of this whole file. */
let nativeStack: ((this: unknown) => unknown) | undefined;

/** @param failed told what could not be loaded */
export function followErrors(
  { note, mark, left, sign, shown, said }: Teller,
  failed: (message: string) => void,
): void {
  const report = (
    thrown: unknown,
    origin: string,
    { filename, lineno, colno, message: text }: Partial<ErrorEvent>,
  ) => {
    // Of a script of another origin only the text is told.
    const error = thrown ?? text;
    const { name, message } = describe(
      error,
      () => false,
      (it) => said(it, MAX_MESSAGE),
    );
    const place = filename ? withoutQuery(`\n    at ${filename}:${lineno}:${colno}`) : '';
    const stack = slice(`${name}: ${message}` + (quietly(() => linesOf(error)) ?? place), 0, MAX_STACK);
    note({ t: 'uncaught', name, message, stack, origin, micros: micros(), error: sign(error) });
  };
  const hear = (event: Event): void => {
    if (!event.isTrusted) return;
    // One thrown by a listener comes while whoever dispatched the event still runs: then this is not the only line. V8 has a line before it, others an empty one behind.
    const isAlone = !NativeError.prepareStackTrace && new NativeError().stack!.split('\n').length < 3;
    quietly(() => {
      const { target, reason, error, type, message } = event as PromiseRejectionEvent & ErrorEvent;
      const { localName, src, href } = target as unknown as HTMLScriptElement & HTMLLinkElement;
      if (localName) return failed(`cannot load ${localName} ${shown(src || href)}`);
      // The worker told it. Its page knows the text only.
      if (error === null && message === toldByWorker) return;
      if (type !== 'error') return report(reason, 'unhandledRejection', {});
      // Right behind the calls that it has left.
      mark(NOW, 0);
      if (isAlone) {
        left();
        mark(EMPTY_STACK, 0);
      }
      return report(error, 'uncaughtException', event);
    });
  };
  // Loads that fail are not told to the window but on the way down.
  for (const type of ['error', 'unhandledrejection']) listen(globalThis, type, hear, { capture: true });
}

/** Reading a stack asks a program's own way to show traces, if it has one; and errors may have a `stack` of their own. Fails where there is none. */
function linesOf(error: unknown): string {
  // One that is somebody's getter has no value; what V8 knows is asked without it.
  if (NativeError.prepareStackTrace) throw error;
  // oxlint-disable-next-line typescript/unbound-method -- called with the error
  nativeStack ??= (stackIn(new NativeError()) ?? stackIn(NativeError.prototype))?.get;
  const stack: unknown = stackIn(error as object)?.value ?? apply(nativeStack!, error, []);
  if (typeof stack !== 'string') throw stack;
  // V8 repeats the error before the lines.
  return `\n${slice(stack, indexOf(stack, '\n    at ') + 1)}`.split('\n').map(withoutQuery).join('\n');
}

/** Queries and fragments may hold anything. `f@http://here/?id=7:3:5` */
function withoutQuery(line: string): string {
  for (const mark of '?#') {
    const at = indexOf(line, mark);
    if (at >= 0) return [slice(line, 0, at), ...line.split(':').slice(-2)].join(':');
  }
  return line;
}
