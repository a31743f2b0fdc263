/** `intellimap/rollup`: bundles that record themselves. */
import { bundlerHooks } from './bundler-hooks.ts';
import type { IntelliMapOptions } from './options.ts';

export type { IntelliMapOptions } from './options.ts';

export default function intellimap(options: IntelliMapOptions = {}) {
  return bundlerHooks('rollup', options);
}
