/** Host: `module.registerHooks` (Node 22.15 and later): synchronous, in the program's own thread, sees every module format. */
import type { LoadHookContext, LoadFnOutput, ResolveHookContext, ResolveFnOutput } from 'node:module';
import { loaded, resolution, type HookParts } from './hook-steps.ts';

interface SyncHooks {
  resolve(
    s: string,
    c: ResolveHookContext,
    next: (s: string, c?: object) => ResolveFnOutput,
  ): ResolveFnOutput;
  load(url: string, c: LoadHookContext, next: (url: string, c?: object) => LoadFnOutput): LoadFnOutput;
}

export function syncHooks(parts: HookParts): SyncHooks {
  return {
    resolve(specifier, context, next) {
      const result = next(specifier, context);
      resolution(parts, specifier, context, result.url);
      return result;
    },
    load(url, context, next) {
      return loaded(parts, url, next(url, context));
    },
  };
}
