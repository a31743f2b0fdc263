/** Who called: for stand-ins that must be out of the way when Node itself is the caller, and messages that quote the call. */
import type { CallSite } from './call-sites.ts';

/** File of the code that called `callee`; undefined when stacks cannot be read here (frozen intrinsics, no limit). */
export function callerOf(callee: (...args: never[]) => unknown): string | undefined {
  const stack = stackAbove(callee, 1);
  // While V8 formats another trace it asks no formatter.
  if (typeof stack === 'string') return /^ {4}at (?:.*\()?(.+?):\d+:\d+\)?$/m.exec(stack)?.[1];
  return stack?.[0]?.getFileName() ?? undefined;
}

/** The frames that led to the call of `callee`, its caller first: as the formatter of traces gets them, or formatted. */
export function stackAbove(
  callee: (...args: never[]) => unknown,
  frames: number,
): CallSite[] | string | undefined {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  // oxlint-disable-next-line typescript/unbound-method -- only put back
  const format = Error.prepareStackTrace;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = frames;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(holder, callee);
    return holder.stack as CallSite[] | string;
  } catch {
    return undefined;
  } finally {
    restore(limit, format);
  }
}

function restore(limit: PropertyDescriptor | undefined, format: typeof Error.prepareStackTrace): void {
  try {
    Error.prepareStackTrace = format;
    if (limit === undefined) delete (Error as { stackTraceLimit?: number }).stackTraceLimit;
    else Object.defineProperty(Error, 'stackTraceLimit', limit);
  } catch {
    // Frozen: then nothing was changed either.
  }
}
