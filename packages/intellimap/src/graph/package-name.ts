/** Names of packages in specifiers. */
import { isBuiltin } from 'node:module';

/** `@scope/name/part` → `@scope/name`; undefined for files, builtins, URLs and private aliases (`#x`, `~/x`, `@/x`). */
export function packageNameOf(specifier: string): string | undefined {
  if (isBuiltin(specifier) || specifier.startsWith('node:') || specifier.startsWith('bun:')) return undefined;
  const name = /^(?:@[a-z0-9-~][\w.~-]*\/)?[a-z0-9-~][\w.~-]*/i.exec(specifier)?.[0];
  if (name === undefined || specifier.startsWith('~')) return undefined;
  const rest = specifier[name.length];
  return rest === undefined || rest === '/' ? name : undefined;
}
