/** Texts that a compiler made of others of the workspace. Recordings name all that is in them by its source. I/O: reads source maps. */
import type { Scope } from '../load/scope.ts';
import { findUpstream } from '../load/worker/upstream.ts';

/**
 * @param paths program texts of the workspace
 * @returns the one that it was made of; null: somebody wrote it, it was made of several, or nobody can tell
 */
export function sourceOfCompiled(
  { path, absolute, text }: { path: string; absolute: string; text: string },
  scope: Scope,
  paths: ReadonlySet<string>,
): string | null {
  const source = findUpstream(text, absolute, scope.name).upstream?.path;
  return source !== undefined && source !== path && paths.has(source) ? source : null;
}
