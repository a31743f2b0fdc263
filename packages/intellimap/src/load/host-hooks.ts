/** Host: `module.registerHooks` (Node 22.15 and later): synchronous, in the program's own thread, sees every module format. */
import Module, {
  type LoadFnOutput,
  type LoadHookContext,
  type ResolveFnOutput,
  type ResolveHookContext,
  syncBuiltinESMExports,
} from 'node:module';
import { HOOK_FRAMES } from './hook-frames.ts';
import { mirror, type MoreFrames } from './mirror.ts';
import { loaded, resolution, type HookParts } from './hook-steps.ts';

interface SyncHooks {
  resolve(
    s: string,
    c: ResolveHookContext,
    next: (s: string, c?: object) => ResolveFnOutput,
  ): ResolveFnOutput;
  load(url: string, c: LoadHookContext, next: (url: string, c?: object) => LoadFnOutput): LoadFnOutput;
}

/** @param moreFrames errors of Node's are to have the frames that they would have without us. */
export function syncHooks(parts: HookParts, moreFrames: MoreFrames): SyncHooks {
  return {
    resolve(specifier, context, next) {
      const restore = moreFrames(HOOK_FRAMES);
      let result: ResolveFnOutput;
      try {
        result = next(specifier, context);
      } finally {
        restore();
      }
      resolution(parts, specifier, context, result.url);
      return result;
    },
    load(url, context, next) {
      const restore = moreFrames(HOOK_FRAMES);
      let answer: LoadFnOutput;
      try {
        answer = next(url, context);
      } finally {
        restore();
      }
      return loaded(parts, url, answer);
    },
  };
}

type RegisterHooks = (hooks: Partial<SyncHooks>) => { deregister(): void };

/**
 * Hooks registered later are asked first. Those of the program are to see the author's text, and what they make of it is to be
 * seen by us: so after each registration ours is made anew.
 */
export function registerOutermost(hooks: SyncHooks, othersHook: () => void): void {
  const builtin = Module as unknown as { registerHooks: RegisterHooks };
  const register = builtin.registerHooks;
  let ours = register(hooks);
  builtin.registerHooks = mirror<RegisterHooks>(register, (call, args) => {
    const theirs = call(args);
    othersHook();
    ours.deregister();
    ours = register(hooks);
    return theirs;
  });
  syncBuiltinESMExports();
}
