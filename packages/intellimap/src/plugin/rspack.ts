/** `intellimap/rspack`: bundles that record themselves. */
import type { IntelliMapOptions } from './options.ts';
import { type Compiler, PackPlugin } from './pack-plugin.ts';

export type { IntelliMapOptions } from './options.ts';

export default function intellimap(options: IntelliMapOptions = {}): { apply(compiler: unknown): void } {
  return new PackPlugin('rspack', options, ({ rspack }: Compiler) => rspack?.rspackVersion);
}
