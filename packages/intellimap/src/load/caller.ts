/** Who called: for stand-ins that must be out of the way when Node itself is the caller, and messages that quote the call. */
import type { CallSite } from './call-sites.ts';

/** File of the code that called `callee`; undefined when stacks cannot be read here (frozen intrinsics, no limit). */
export function callerOf(callee: (...args: never[]) => unknown): string | undefined {
  const stack = stackAbove(callee, 1);
  // While V8 formats another trace it asks no formatter.
  if (typeof stack === 'string') return /^ {4}at (?:.*\()?(.+?):\d+:\d+\)?$/m.exec(stack)?.[1];
  return stack?.[0]?.getFileName() ?? undefined;
}

/** The frames that led to the call of `callee`, its caller first, with the places that V8 has; or formatted. */
export function stackAbove(
  callee: (...args: never[]) => unknown,
  frames: number,
): CallSite[] | string | undefined {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = frames;
    Error.captureStackTrace(holder, callee);
    return stackOf(holder);
  } catch {
    return undefined;
  } finally {
    restore('stackTraceLimit', limit);
  }
}

/** The frames of a stack that nobody has read yet; or formatted. */
export function stackOf(holder: { stack?: unknown }): CallSite[] | string {
  const format = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  try {
    // Not assigned: the program may have put a setter there.
    Object.defineProperty(Error, 'prepareStackTrace', OURS);
    return holder.stack as CallSite[] | string;
  } finally {
    restore('prepareStackTrace', format);
  }
}

const OURS = { configurable: true, writable: true, value: (_: unknown, sites: CallSite[]) => sites };

function restore(
  name: 'prepareStackTrace' | 'stackTraceLimit',
  property: PropertyDescriptor | undefined,
): void {
  try {
    if (property === undefined) delete (Error as Partial<ErrorConstructor>)[name];
    else Object.defineProperty(Error, name, property);
  } catch {
    // Frozen: then nothing was changed either.
  }
}
