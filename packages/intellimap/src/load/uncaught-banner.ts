/**
 * The last words of a program that dies of an error. Node quotes the source line of the throw, and V8 would quote the
 * instrumented line. When the quoted line is in a file of ours, and only then, this prints what Node would have printed
 * without us, and ends the process the way Node does: exit listeners first, then the message, then the exit code.
 */
import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { mirror } from './mirror.ts';

/** 1-based line, 0-based column; `script` is V8's name of the file: a URL for ES modules, the path for everything else. */
export interface Place {
  script: string;
  line: number;
  column: number;
}

export interface BannerParts {
  /** Does this line look different in the text that V8 holds, which was made straight from the file? */
  changed: (path: string, line: number) => boolean;
  /** Where the value was last thrown by a `throw` statement of an instrumented file. */
  thrownAt: (error: unknown) => Place | undefined;
}

type Emit = (...args: unknown[]) => boolean;

/** Loaded when it is needed: `node:util` opens the standard streams when it is imported as an ES module. */
const util = (): typeof import('node:util') =>
  createRequire(import.meta.url)('node:util') as typeof import('node:util');

export function keepUncaughtBanner(parts: BannerParts): void {
  // Tools that want Node's own fatal path (reports, core dumps, a debugger waiting for the exception) get it.
  if (
    process.execArgv.some((option) =>
      /^--(abort-on|report|inspect|trace-uncaught|enable-source-maps)/.test(option),
    )
  )
    return;
  const holder = (Object.hasOwn(process, 'emit') ? process : Object.getPrototypeOf(process)) as {
    emit: Emit;
  };
  const emit = mirror(holder.emit, (call, args, self) => {
    if (
      args[0] === 'uncaughtException' &&
      self === process &&
      process.listenerCount('uncaughtException') === 0
    )
      dieLikeNode(parts, args[1], args[2]);
    return call(...args);
  });
  Object.defineProperty(holder, 'emit', {
    writable: true,
    configurable: true,
    enumerable: false,
    ...Object.getOwnPropertyDescriptor(holder, 'emit'),
    value: emit,
  });
}

/** Returns when the banner is not ours to print; otherwise never. */
function dieLikeNode(parts: BannerParts, error: unknown, origin: unknown): void {
  let banner: string | undefined;
  try {
    banner = composeBanner(parts, error, origin);
  } catch {
    return;
  }
  if (banner === undefined) return;
  const host = process as NodeJS.Process & { _exiting?: boolean; reallyExit(code: number): never };
  if (!host._exiting) {
    host._exiting = true;
    host.exitCode = 1;
    try {
      host.emit('exit', 1);
    } catch {
      // Node ignores what exit listeners throw at this point, too.
    }
  }
  writeSync(2, banner);
  host.reallyExit(Number(host.exitCode ?? 1));
}

function composeBanner(parts: BannerParts, error: unknown, origin: unknown): string | undefined {
  const isError = error instanceof Error;
  const thrown = parts.thrownAt(error);
  const frame = isError ? topFrame(error) : undefined;
  // A rejection carries no place of its own: V8 takes the top of its stack. So does Node for errors thrown by V8 itself.
  const place = origin === 'unhandledRejection' ? frame : (thrown ?? frame);
  // Objects that are no errors are printed by Node's inspection, which has options of its own there.
  if (place === undefined || (!isError && typeof error === 'object' && error !== null)) return undefined;
  const path = place.script.startsWith('file:') ? fileURLToPath(place.script) : place.script;
  if (!parts.changed(path, place.line)) return undefined;
  const quoted = readFileSync(path, 'utf8').split(/\r?\n/)[place.line - 1];
  if (quoted === undefined) return undefined;
  const caret = `${quoted.slice(0, place.column).replace(/[^\t]/g, ' ')}^`;
  const report = isError
    ? `\n${describe(error)}`
    : `${error as string}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)`;
  return `${place.script}:${place.line}\n${quoted}\n${caret}\n${report}\n\nNode.js ${process.version}\n`;
}

/** First line of the trace, already corrected for our probes. */
function topFrame(error: Error): Place | undefined {
  const text = /\n {4}at (?:.*\()?(.+?):(\d+):(\d+)\)?(?:\n|$)/.exec(String(error.stack));
  if (text === null) return undefined;
  const [, script, line, column] = text as unknown as [string, string, string, string];
  return { script, line: Number(line), column: Number(column) - 1 };
}

/** As Node does it: first what an emitter adds about the 'error' event, then a full inspection. */
function describe(error: Error): string {
  const key = Object.getOwnPropertySymbols(error).find(
    ({ description }) => description === 'kEnhanceStackBeforeInspector',
  );
  const enhance = key === undefined ? undefined : (error as unknown as Record<symbol, unknown>)[key];
  if (typeof enhance === 'function') error.stack = String(enhance.call(error, error));
  const colors = process.stderr.isTTY && process.stderr.hasColors();
  const { inspect } = util();
  return inspect(error, {
    colors,
    customInspect: false,
    depth: Math.max(inspect.defaultOptions.depth ?? 2, 5),
  });
}
