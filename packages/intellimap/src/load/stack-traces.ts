/**
 * Stack traces as without us: columns of the file as its author sees it, and no frame of ours. Lines never move, but
 * probes push columns to the right.
 *
 * Whoever formats a trace (Node, source-map-support, the program) is the value of `Error.prepareStackTrace` and gets the
 * frames as CallSite objects. The property becomes an accessor: what it holds is called with corrected frames.
 */
import { findSourceMap } from 'node:module';
import { type CallSite, correctedSite, isCorrected, movedSite, type Place } from './call-sites.ts';
import { callerOf } from './caller.ts';
import { standsFor } from './mirror.ts';
import { pathOfScript } from './script-name.ts';

// Taken now: programs delete globals.
const { apply: call } = Reflect;

/** Generated 1-based line and column → those in the text that was instrumented; undefined: not one of ours. */
export type PlaceLookup = (path: string, line: number, column: number) => Place | undefined;

export interface StackFixes {
  /** Is it the path of a text of ours? Of others, V8 is not even asked for a line: it would keep where each line of theirs ends. */
  has: (path: string) => boolean;
  place: PlaceLookup;
  /** Is this the path of a file of IntelliMap? Its frames are left out. */
  own: (path: string) => boolean;
  /** Takes out what is not ours, but there because of us. `kept`: how many V8 kept, of which ours are out already. */
  withoutHooks: (sites: CallSite[], kept: number) => CallSite[];
  /** A formatter of the program, which may lead places elsewhere, is about to get these frames. */
  formatting?: (error: object, sites: CallSite[]) => void;
}

type Formatter = (error: Error, sites: CallSite[]) => unknown;

/**
 * Corrects the traces that are formatted through one realm's `Error`.
 * @returns looks whether the program has put a property of its own in the place of ours, and gets around that one, too.
 */
export function fixStackTraces(realmError: ErrorConstructor, fixes: StackFixes): () => void {
  const before = propertyOf(realmError);
  if (before !== undefined && (!before.configurable || !('value' in before))) return () => {};
  // With source maps enabled, Node's own formatter looks up the places it has a map for; texts carry maps that fit them.
  const mapsItself = (format: Formatter, site: CallSite): Lookup =>
    format === before?.value && process.sourceMapsEnabled ? lookup(site) : 'none';
  const wrappers = wrappersFor(fixes, mapsItself, (format) => format !== before?.value);
  let current: unknown = before?.value;
  const { property: ours, read } = define(realmError, before?.enumerable ?? false, {
    get prepareStackTrace(): unknown {
      if (typeof current === 'function') return wrappers.wrap(current as Formatter);
      // Taken away by the program: Node, who asks here before each trace, formats by itself then.
      const standard: unknown = before?.value;
      if (typeof standard !== 'function' || callerOf(read) !== 'node:internal/errors') return current;
      return wrappers.wrap(standard as Formatter);
    },
    set prepareStackTrace(value: unknown) {
      current = wrappers.unwrap(value);
    },
  });

  let known = propertyOf(realmError)?.get;
  return () => {
    const found = propertyOf(realmError);
    if (found === undefined || found.get === known || !found.configurable) return;
    if ('value' in found) {
      if (!found.writable) return;
      current = found.value;
      Object.defineProperty(realmError, 'prepareStackTrace', { ...ours, enumerable: found.enumerable });
    } else getAround(realmError, found, wrappers);
    known = propertyOf(realmError)?.get;
  };
}

/** The program's accessor answers, as long as it holds no formatter: that one gets corrected frames. */
function getAround(realmError: ErrorConstructor, theirs: Property, wrappers: Wrappers): void {
  define(realmError, theirs.enumerable ?? false, {
    get prepareStackTrace(): unknown {
      const format: unknown = theirs.get && call(theirs.get, this, []);
      return typeof format === 'function' ? wrappers.wrap(format as Formatter) : format;
    },
    set prepareStackTrace(value: unknown) {
      if (theirs.set) call(theirs.set, this, [wrappers.unwrap(value)]);
    },
  });
}

interface Wrappers {
  wrap: (format: Formatter) => Formatter;
  unwrap: (value: unknown) => unknown;
}

function wrappersFor(
  fixes: StackFixes,
  mapsItself: (format: Formatter, site: CallSite) => Lookup,
  isPrograms: (format: Formatter) => boolean,
): Wrappers {
  const wrappers = new WeakMap<Formatter, Formatter>();
  const originals = new WeakMap<object, Formatter>();
  return {
    wrap(format) {
      const known = wrappers.get(format);
      if (known !== undefined) return known;
      const maps = (site: CallSite): Lookup => mapsItself(format, site);
      const wrapper = new Proxy(format, {
        apply(target, self, args: [error: Error, sites: CallSite[]]) {
          if (Array.isArray(args[1])) {
            args[1] = correctAll(args[1], fixes, maps);
            if (isPrograms(format)) fixes.formatting?.(args[0], args[1]);
          }
          return call(target, self, args);
        },
      });
      wrappers.set(format, wrapper);
      standsFor(wrapper, format);
      originals.set(wrapper, format);
      return wrapper;
    },
    unwrap: (value) => (typeof value === 'function' ? (originals.get(value) ?? value) : value),
  };
}

function propertyOf(realmError: ErrorConstructor): Property | undefined {
  return Object.getOwnPropertyDescriptor(realmError, 'prepareStackTrace');
}

/** A property descriptor, whose functions are no methods of it. */
type Property = Omit<PropertyDescriptor, 'get' | 'set'> & {
  get?: () => unknown;
  set?: (value: unknown) => void;
};
type Accessor = Required<Pick<Property, 'get' | 'set'>>;

/** @returns what was put there, and the getter that is behind it. */
function define(
  realmError: ErrorConstructor,
  enumerable: boolean,
  accessor: object,
): { property: Property; read: Accessor['get'] } {
  const { get, set } = Object.getOwnPropertyDescriptor(accessor, 'prepareStackTrace') as Accessor;
  const property = { configurable: true, enumerable, get: native(get), set: native(set) };
  Object.defineProperty(realmError, 'prepareStackTrace', property);
  return { property, read: get };
}

/** The same function, whose text says `[native code]` as that of any other function on `Error`. */
const native = <F extends object>(fn: F): F => new Proxy(fn, {});

function correctAll(
  sites: CallSite[],
  fixes: StackFixes,
  mapsItself: (site: CallSite) => Lookup,
): CallSite[] {
  try {
    const others = sites.filter((site) => !(scriptOf(site, fixes)?.isOwn ?? false));
    return fixes.withoutHooks(others, sites.length).map((site, at, all) => {
      if (isCorrected(site)) return site;
      const found = mapsItself(site);
      if (found === 'place') return site;
      if (found === 'nothing') return saying(site, correct(site, fixes));
      return isCompile(site, all[at - 1]) ? named(site, '_compile') : correct(site, fixes);
    });
  } catch {
    // A trace must come out whatever happens here.
    return sites;
  }
}

/**
 * V8 names a method after the property that holds it, and `_compile` is held by an accessor of ours (host-commonjs.ts). It is the
 * one function of Node's loader that calls something outside of it, or `wrapSafe`.
 */
function isCompile(site: CallSite, callee: CallSite | undefined): boolean {
  const file = site.getFileName();
  if (file !== 'node:internal/modules/cjs/loader' || callee === undefined) return false;
  if (site.getMethodName() !== null || site.getTypeName() !== 'Module') return false;
  const name = site.getFunctionName();
  // Node 20's has a name of its own.
  if (name === 'Module._compile') return true;
  if (name !== null) return false;
  return callee.getFileName() !== file || callee.getFunctionName() === 'wrapSafe';
}

/** What a map of Node's says of a site: a place in a source; nothing, as of what a bundler put there itself; or there is no map. */
type Lookup = 'place' | 'nothing' | 'none';

function lookup(site: CallSite): Lookup {
  const file = site.getFileName();
  const map = file ? findSourceMap(file) : undefined;
  if (map === undefined) return 'none';
  const entry = map.findEntry((site.getLineNumber() ?? 0) - 1, (site.getColumnNumber() ?? 0) - 1);
  return 'originalSource' in entry && entry.originalSource ? 'place' : 'nothing';
}

/** The site for whoever looks it up in a map of the text that runs, with the words of another one. */
const saying = (site: CallSite, other: CallSite): CallSite =>
  other === site ? site : correctedSite(site, { toString: () => other.toString() });

interface Script {
  path: string;
  isOwn: boolean;
}

/** By the name that V8 has for it. Traces are made of few scripts, again and again. */
const scripts = new Map<string, Script>();
const MAX_SCRIPTS = 5000;

function scriptOf(site: CallSite, { own }: StackFixes): Script | undefined {
  const file = site.getFileName();
  if (!file) return undefined;
  const known = scripts.get(file);
  if (known !== undefined) return known;
  const path = pathOfScript(file);
  const script = { path, isOwn: own(path) };
  // A program may name scripts without end.
  if (scripts.size >= MAX_SCRIPTS) scripts.clear();
  scripts.set(file, script);
  return script;
}

function correct(site: CallSite, fixes: StackFixes): CallSite {
  if (site.isEval()) return correctedEval(site, fixes);
  const script = scriptOf(site, fixes);
  if (script === undefined || !fixes.has(script.path)) return site;
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (line === null || column === null) return site;
  const right = fixes.place(script.path, line, column);
  return right === undefined || (right.line === line && right.column === column)
    ? site
    : movedSite(site, right);
}

/** Where `eval` was called, in `eval at f (/app/a.js:1:20)`. */
const ORIGIN = /\(([^()]+):(\d+):(\d+)\)/g;

/** The places of evaluated text are right, that of the call is part of a sentence. */
function correctedEval(site: CallSite, fixes: StackFixes): CallSite {
  const corrected = (text: string): string =>
    text.replace(ORIGIN, (place, file: string, line: string, column: string) => {
      const right = fixes.place(pathOfScript(file), Number(line), Number(column));
      return right === undefined ? place : `(${file}:${right.line}:${right.column})`;
    });
  const text = site.toString();
  if (corrected(text) === text) return site;
  return correctedSite(site, {
    getEvalOrigin: () => corrected(String(site.getEvalOrigin())),
    toString: () => corrected(text),
  });
}

const named = (site: CallSite, method: string): CallSite =>
  correctedSite(site, {
    getMethodName: () => method,
    toString: () => site.toString().replace('<anonymous>', method),
  });
