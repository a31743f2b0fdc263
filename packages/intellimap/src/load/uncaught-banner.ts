/**
 * The last words of a program that dies of an error. Node quotes the source line of the throw, and V8 would quote the
 * instrumented line. When the quoted line is in a file of ours, and only then, this prints what Node would have printed
 * without us, and ends the process the way Node does: exit listeners first, then the message, then the exit code.
 */
import { executionAsyncId } from 'node:async_hooks';
import { writeSync } from 'node:fs';
import types from 'node:util/types';
import { findSourceMap } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { mirror } from './mirror.ts';
import { isQuoting, withAuthorsLine } from './quoted-line.ts';
import { pathOfScript } from './script-name.ts';

/** 1-based line, 0-based column; `script` is V8's name of the file. */
export interface Place {
  script: string;
  line: number;
  column: number;
}

export interface BannerParts {
  /** May Node have put a line of an instrumented text into a stack? Only then is one read before the program reads it, whose code may run then. */
  hasScripts: () => boolean;
  /** The line (from 1) as it was before; undefined where it reads the same in what V8 holds. */
  line: (path: string, line: number) => string | undefined;
  /** Are the places of its sites places of the text that runs? */
  holdsSites: (path: string) => boolean;
  /** Column (from 1) in what V8 holds → column in the file; undefined: not one of ours. */
  column: (path: string, line: number, column: number) => number | undefined;
  /** Where the value was last thrown by a `throw` statement of an instrumented file. */
  thrownAt: (error: unknown) => Place | undefined;
  /** Top of its stack, where the program has formatted that, perhaps with other places. */
  topOf: (error: object) => Place | undefined;
}

/** The program may put another one into its place. */
const { process } = globalThis;

type Emit = (...args: unknown[]) => boolean;

/** Loaded when it is needed: `node:util` opens the standard streams when it is imported as an ES module. */
const util = (): typeof import('node:util') => process.getBuiltinModule('node:util');

export function keepUncaughtBanner(parts: BannerParts): void {
  // Tools that want Node's own fatal path (reports, core dumps, a debugger waiting for the exception) get it.
  const isNodesToPrint = process.execArgv.some((option) =>
    /^--(abort-on|report|inspect|trace-uncaught)/.test(option),
  );
  const holder = (Object.hasOwn(process, 'emit') ? process : Object.getPrototypeOf(process)) as {
    emit: Emit;
  };
  // Its listeners are called outside of all callbacks, as microtasks are, and are none.
  let isBeforeExit = false;
  const emit = mirror(holder.emit, (call, args, self) => {
    if (self === process && args[0] === 'beforeExit') {
      isBeforeExit = true;
      const answer = call(args);
      isBeforeExit = false;
      return answer;
    }
    if (self !== process || (args[0] !== 'uncaughtExceptionMonitor' && args[0] !== 'uncaughtException'))
      return call(args);
    correctQuote(parts, args[1]);
    // An error that ends another thread goes to whoever started it; nothing is printed there.
    const isOurs = args[0] === 'uncaughtException' && isMainThread && !isNodesToPrint;
    if (isOurs && process.listenerCount('uncaughtException') === 0 && !isOthersToPrint(args[1])) {
      const isOfMicrotask = executionAsyncId() === 0 && !isBeforeExit;
      dieLikeNode(parts, args[1], isOfMicrotask || args[2] === 'unhandledRejection');
    }
    // One of its listeners has failed: it is over.
    if (args[0] === 'uncaughtException') isBeforeExit = false;
    try {
      return call(args);
    } catch (error) {
      if (isOurs) dieOfListener(parts, error);
      throw error;
    }
  });
  // Who formats stacks may have put itself before us to print last words, too (ts-node).
  const isOthersToPrint = (error: unknown): boolean =>
    process.emit !== emit &&
    types.isNativeError(error) &&
    error.stack !== undefined &&
    parts.topOf(error) !== undefined;
  Object.defineProperty(holder, 'emit', {
    writable: true,
    configurable: true,
    enumerable: false,
    ...Object.getOwnPropertyDescriptor(holder, 'emit'),
    value: emit,
  });
}

/** Errors that left a vm script quote a line in their stack. */
function correctQuote({ line, column, hasScripts }: BannerParts, error: unknown): void {
  try {
    if (!hasScripts()) return;
    if (!types.isNativeError(error) || !isQuoting(error.stack)) return;
    const { stack = '' } = error;
    const right = withAuthorsLine(stack, {
      line: (script, at) => line(pathOfScript(script), at),
      column: (script, at, from) => column(pathOfScript(script), at, from) ?? from,
    });
    if (right !== stack) error.stack = right;
  } catch {
    // Frozen, or its file is gone: it stays as V8 has it.
  }
}

type Host = NodeJS.Process & { _exiting?: boolean; reallyExit(code: number): never };

/**
 * Returns when the banner is not ours to print; otherwise never.
 * @param isByStack V8 takes the place of it from its stack: a rejection, or thrown by a microtask
 */
function dieLikeNode(parts: BannerParts, error: unknown, isByStack: boolean): void {
  const banner = bannerOf(parts, error, isByStack);
  if (banner === undefined) return;
  const host = process as Host;
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

/** A listener for uncaught errors threw: nobody is asked any more, not even exit listeners. */
function dieOfListener(parts: BannerParts, error: unknown): void {
  const banner = bannerOf(parts, error, false);
  if (banner === undefined) return;
  writeSync(2, banner);
  (process as Host).reallyExit(7);
}

function bannerOf(parts: BannerParts, error: unknown, isByStack: boolean): string | undefined {
  try {
    return composeBanner(parts, error, isByStack);
  } catch {
    return undefined;
  }
}

function composeBanner(parts: BannerParts, error: unknown, isByStack: boolean): string | undefined {
  const isError = types.isNativeError(error);
  const thrown = parts.thrownAt(error);
  const frame = isError ? topFrame(error, parts) : undefined;
  // Some carry no place of their own: V8 takes the top of their stack. So does Node for errors thrown by V8 itself.
  // A site of a compiled file lies in its source: then, too, the stack says where in the text that ran.
  const isOfText = thrown !== undefined && parts.holdsSites(pathOfScript(thrown.script));
  const place = isByStack || !isOfText ? frame : thrown;
  if (place === undefined || (thrown === undefined && isOfOthers(error, isByStack))) return undefined;
  if (isMapped(place, parts.topOf(error as object) === undefined ? frame : undefined)) return undefined;
  const path = pathOfScript(place.script);
  const quoted = parts.line(path, place.line);
  if (quoted === undefined) return undefined;
  if (isError && isQuoting(error.stack)) return `${describe(error)}\n\nNode.js ${process.version}\n`;
  let { column } = place;
  if (thrown !== undefined && place === frame && !isByStack) {
    // The stack says where the error was made; only in `throw new …` is that where it was thrown.
    column = quoted.slice(0, column).search(/\bthrow\s+$/);
    if (column < 0) return undefined;
  }
  const caret = `${quoted.slice(0, column).replace(/[^\t]/g, ' ')}^`;
  // V8 knows TypeScript that Node runs by itself by its URL, whatever it was loaded as.
  const script = frame !== undefined && pathOfScript(frame.script) === path ? frame.script : place.script;
  const quote = `${script}:${place.line}\n${quoted}\n${caret}\n`;
  const report = isError ? `${quote}\n${describe(error)}` : `\n${quote}${describeOther(error)}`;
  return `${report}\n\nNode.js ${process.version}\n`;
}

/** Node quotes the source itself when it has a map to it, unless that knows nothing of the place: then the trace still names the text that runs. */
const isMapped = ({ script }: Place, frame: Place | undefined): boolean =>
  process.sourceMapsEnabled && findSourceMap(script) !== undefined && frame?.script !== script;

/**
 * Was it thrown by code that is not instrumented? V8 then quotes a line of that, whatever the stack says: `assert` and others take
 * their own frames out of it.
 */
function isOfOthers(error: unknown, isByStack: boolean): boolean {
  if (!types.isNativeError(error)) return true;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && code.startsWith('ERR_')) return true;
  // What V8 throws by itself within a program is of its own kinds; a rejection need not have been thrown at all.
  if (isByStack) return false;
  // Of any realm: the prototypes of V8's own kinds have a name.
  const name: unknown = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(error), 'name')?.value;
  return !V8_THROWS.includes(String(name));
}

const V8_THROWS = ['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'EvalError'];

/** What is no error: objects as inspected, unless they refuse, everything else as text. */
function describeOther(value: unknown): string {
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
    try {
      // Node asks for a stack first: where that throws, it does not inspect.
      void (value as { stack?: unknown }).stack;
      return describe(value);
    } catch {
      // A getter or a trap of it throws.
    }
  }
  return `${textOf(value)}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)`;
}

function textOf(value: unknown): string {
  try {
    // Node has no text for a symbol.
    return typeof value === 'symbol' ? '' : String(value);
  } catch {
    return '';
  }
}

/** First line of the trace, already corrected for our probes. */
function topFrame(error: Error, { topOf }: BannerParts): Place | undefined {
  // Formats it, if nobody has.
  const stack = String(error.stack);
  const known = topOf(error);
  if (known !== undefined) return known;
  const text = /\n {4}at (?:.*\()?(.+?):(\d+):(\d+)\)?(?:\n|$)/.exec(stack);
  if (text === null) return undefined;
  const [, script, line, column] = text as unknown as [string, string, string, string];
  return { script, line: Number(line), column: Number(column) - 1 };
}

/** As Node does it: first what an emitter adds about the 'error' event, then a full inspection. */
function describe(error: object): string {
  const key = Object.getOwnPropertySymbols(error).find(
    ({ description }) => description === 'kEnhanceStackBeforeInspector',
  );
  const enhance = key === undefined ? undefined : (error as unknown as Record<symbol, unknown>)[key];
  if (typeof enhance === 'function') (error as Error).stack = String(enhance.call(error, error));
  const colors = process.stderr.isTTY && process.stderr.hasColors();
  const { inspect } = util();
  return inspect(error, {
    colors,
    customInspect: false,
    depth: Math.max(inspect.defaultOptions.depth ?? 2, 5),
  });
}
