/** Errors that nobody caught, and rejections that nobody handled, as on Node: see `reportUncaught`. And what the browser could not load. */
import { describe } from '../core/index.ts';
import { slice } from '../core/intrinsics.ts';
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
const nativeStack = (stackIn(new NativeError()) ?? stackIn(NativeError.prototype))?.get;
const isTraced = (): boolean => typeof (NativeError as Shower).prepareStackTrace === 'function';

/** @param failed told what could not be loaded */
export function followErrors({ note, mark, sign, shown }: Teller, failed: (message: string) => void): void {
  const report = (error: unknown, origin: string, event?: Partial<ErrorEvent>): void => {
    // Of a script of another origin nothing is told.
    const isHidden = event !== undefined && (error === null || error === undefined);
    const { name, message } = isHidden
      ? { name: 'unknown', message: slice(event.message ?? '', 0, 300) }
      : describe(error, () => false);
    const place = event?.filename ? `\n    at ${event.filename}:${event.lineno}:${event.colno}` : '';
    const stack = slice(quietly(() => stackOf(error)) || `${name}: ${message}${place}`, 0, MAX_STACK);
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
      const { target } = event;
      if (target === globalThis) {
        if (lines !== undefined && lines.length <= 2) mark(EMPTY_STACK, 0);
        report(error, 'uncaughtException', event as ErrorEvent);
      } else {
        const { localName, src, href } = target as HTMLScriptElement & HTMLLinkElement;
        failed(`cannot load ${localName} ${shown(String(src || href))}`);
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
