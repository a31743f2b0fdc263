/** `intellimap/webpack`: bundles that record themselves. webpack 5. */
import type { IntelliMapOptions } from './options.ts';
import { type Compiler, PackPlugin } from './pack-plugin.ts';

export type { IntelliMapOptions } from './options.ts';

export default function intellimap(options: IntelliMapOptions = {}): { apply(compiler: unknown): void } {
  return new PackPlugin('webpack', options, (compiler: Compiler) => compiler.webpack?.version);
}
