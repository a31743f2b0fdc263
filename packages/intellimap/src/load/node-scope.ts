/** The scope of a run on this machine: IntelliMap's own folders and the recordings are never instrumented. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { createScope, type Scope } from './scope.ts';
import type { LoadSettings } from './settings.ts';

export function scopeFor({
  root,
  include,
  exclude,
}: Pick<LoadSettings, 'root' | 'include' | 'exclude'>): Scope {
  return createScope({ root, include, exclude, own: [...ownFolders(), join(root, '.intellimap')] });
}

/** Folders of IntelliMap's own programs, as real paths, which is how module URLs name them. */
export function ownFolders(): string[] {
  const probe = createRequire(import.meta.url).resolve('@intellimap/probe/node');
  return [join(dirname(fileURLToPath(import.meta.url)), '..'), dirname(dirname(probe))];
}
