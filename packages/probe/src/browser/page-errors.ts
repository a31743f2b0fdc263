/** Errors that nobody caught, and rejections that nobody handled, as on Node: see `reportUncaught`. And what the browser could not load. */
import { describe } from '../core/index.ts';
import { indexOf, slice } from '../core/intrinsics.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { listen, micros } from './natives.ts';
import { quietly } from './patch.ts';
import type { Teller } from './teller.ts';

const EMPTY_STACK = wordOf(Kind.TIME, 1);
const MAX_STACK = 4000;

// Taken now: programs put another into its place.
const { Error: NativeError } = globalThis;
type Shower = { prepareStackTrace?: unknown };
const { getOwnPropertyDescriptor } = Object;
const stackIn = (object: object): PropertyDescriptor | undefined => getOwnPropertyDescriptor(object, 'stack');
// oxlint-disable-next-line typescript/unbound-method -- called with the error
const nativeStack = (stackIn(new NativeError()) ?? stackIn(NativeError.prototype))?.get;
const isTraced = (): boolean => typeof (NativeError as Shower).prepareStackTrace === 'function';

/** @param failed told what could not be loaded */
export function followErrors(
  { note, mark, sign, shown, said }: Teller,
  failed: (message: string) => void,
): void {
  const report = (error: unknown, origin: string, event?: Partial<ErrorEvent>): void => {
    // Of a script of another origin nothing is told.
    const isHidden = event !== undefined && (error === null || error === undefined);
    const { name, message } = isHidden
      ? { name: 'unknown', message: slice(event.message ?? '', 0, 300) }
      : describe(error, () => false);
    const place = event?.filename
      ? withoutQuery(`\n    at ${event.filename}:${event.lineno}:${event.colno}`)
      : '';
    const stack = slice(
      said(`${name}: ${message}`) + (quietly(() => linesOf(stackOf(error))) ?? place),
      0,
      MAX_STACK,
    );
    note({
      t: 'uncaught',
      name,
      message,
      stack,
      origin,
      micros: micros(),
      error: isHidden ? 1 : sign(error),
    });
  };
  const hear = (event: Event): void => {
    if (!event.isTrusted) return;
    // One thrown by a listener comes while whoever dispatched the event still runs: then this is not the only line. V8 has a line before it, others an empty one behind.
    const lines = isTraced() ? undefined : new NativeError().stack?.split('\n');
    quietly(() => {
      const { error } = event as ErrorEvent;
      const { target } = event as { target: unknown };
      if (target === globalThis) {
        if (lines !== undefined && lines.length <= 2) mark(EMPTY_STACK, 0);
        report(error, 'uncaughtException', event);
      } else {
        const { localName, src, href } = target as HTMLScriptElement & HTMLLinkElement;
        failed(`cannot load ${localName} ${shown(src || href)}`);
      }
    });
  };
  // Loads that fail are not told to the window but on the way down.
  listen(globalThis, 'error', hear, { capture: true });
  listen(globalThis, 'unhandledrejection', (event) => {
    if (event.isTrusted) quietly(() => report((event as PromiseRejectionEvent).reason, 'unhandledRejection'));
  });
}

/** Reading a stack asks a program's own way to show traces, if it has one; and errors may have a `stack` of their own. */
function stackOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || isTraced()) return undefined;
  const own = stackIn(error);
  const isNative = own === undefined ? error instanceof NativeError : own.get === nativeStack;
  const stack: unknown = own?.value ?? (isNative ? nativeStack?.call(error) : undefined);
  return typeof stack === 'string' ? stack : undefined;
}

/** V8 repeats the error before the lines. */
function linesOf(stack: string | undefined): string | undefined {
  if (stack === undefined) return undefined;
  const from = indexOf(stack, '\n    at ');
  return `\n${slice(stack, from + 1)}`.split('\n').map(withoutQuery).join('\n');
}

/** Queries and fragments may hold anything. `f@http://here/?id=7:3:5` */
function withoutQuery(line: string): string {
  for (const mark of '?#') {
    const at = indexOf(line, mark);
    if (at >= 0) return [slice(line, 0, at), ...line.split(':').slice(-2)].join(':');
  }
  return line;
}
