/** Who called: for stand-ins that must be out of the way when Node itself is the caller. */

interface Frame {
  getFileName(): string | null | undefined;
}

/** File of the code that called `callee`; undefined when stacks cannot be read here (frozen intrinsics, no limit). */
export function callerOf(callee: (...args: never[]) => unknown): string | undefined {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  // oxlint-disable-next-line typescript/unbound-method -- only put back
  const format = Error.prepareStackTrace;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_, frames) => frames;
    Error.captureStackTrace(holder, callee);
    // While V8 formats another trace it asks no formatter.
    if (typeof holder.stack === 'string')
      return /^ {4}at (?:.*\()?(.+?):\d+:\d+\)?$/m.exec(holder.stack)?.[1];
    const [frame] = holder.stack as Frame[];
    return frame?.getFileName() ?? undefined;
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
