/**
 * Frames of errors out of Node's loader, such as that of a `require` which finds no file. Node takes another way as soon as anybody hooks
 * it: a few frames more, and another line of the function where the ways part. Traces are led back to the way without us.
 */
import Module from 'node:module';
import { type CallSite, movedSite, type Place } from './call-sites.ts';
import { stackOf } from './caller.ts';

const HOOKS = 'node:internal/modules/customization_hooks';
const COMMONJS = 'node:internal/modules/cjs/loader';

/** What comes on the stack when a hook of ours asks Node: at the most the hook, two steps, the function that takes them, and another one of Node's. */
export const HOOK_FRAMES = 5;

export interface HookFrames {
  /** The program hooks the loader, too: Node's way is the long one, and a step longer through us. */
  othersHook: () => void;
  /** Frames as they would be; they hold none of ours any more. `kept`: how many V8 kept. */
  withoutHooks: (sites: CallSite[], kept: number) => CallSite[];
}

/** Before anybody hooks: an error that comes the short way tells its place. */
export function createHookFrames(): HookFrames {
  // Where hooks run in a thread of their own, requires do not pass them.
  const short = 'registerHooks' in Module ? placeOfFork() : undefined;
  let isOthers = false;
  return {
    othersHook: () => void (isOthers = true),
    withoutHooks(sites, kept) {
      const last = sites.findIndex((site) => isOf(site, HOOKS) && !isStep(site));
      if (last < 1 || !isStep(sites[last - 1])) return sites;
      let first = last - 1;
      // As many as there were room for, when it was made larger.
      const most = kept === Error.stackTraceLimit + HOOK_FRAMES ? Error.stackTraceLimit : kept;
      if (isOthers) return [...sites.slice(0, first), ...sites.slice(last)].slice(0, most);
      while (first > 0 && isStep(sites[first - 1])) first -= 1;
      if (isOf(sites[first - 1], COMMONJS) && sites[first - 1].getFunctionName() === 'defaultResolve')
        first -= 1;
      const [fork, ...rest] = sites.slice(last + 1);
      const isKnown = short !== undefined && fork?.getFunctionName() === FORK;
      const found = fork && (isKnown ? movedSite(fork, short) : fork);
      return [...sites.slice(0, first), ...(found ? [found] : []), ...rest].slice(0, most);
    },
  };
}

const isOf = (site: CallSite | undefined, file: string): boolean => site?.getFileName() === file;
const isStep = (site: CallSite): boolean => isOf(site, HOOKS) && site.getFunctionName() === 'nextStep';

/** Where a `require` goes through hooks, or does not. */
const FORK = 'resolveForCJSWithHooks';

function placeOfFork(): Place | undefined {
  try {
    (Module as unknown as { _load: (path: string) => void })._load('/intellimap/no such file');
  } catch (error) {
    const stack = stackOf(error as Error);
    const fork = Array.isArray(stack) ? stack.find((site) => site.getFunctionName() === FORK) : undefined;
    const line = fork?.getLineNumber();
    const column = fork?.getColumnNumber();
    return line && column ? { line, column } : undefined;
  }
  return undefined;
}
