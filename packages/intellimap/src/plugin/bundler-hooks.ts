/** The plugin for bundlers that only bundle: Rollup and Rolldown. */
import { collectorUrl } from './collecting.ts';
import { Instrumentation } from './instrumentation.ts';
import { keepMaps, mapsIn, type Outputs } from './maps.ts';
import { type IntelliMapOptions, isBuildWanted } from './options.ts';
import { type InputOptions, sharedHooks } from './rollup-hooks.ts';

export interface StartContext {
  meta?: { rollupVersion?: string; rolldownVersion?: string };
  warn(message: string): void;
}

export function bundlerHooks(bundler: 'rollup' | 'rolldown', options: IntelliMapOptions) {
  let instrumentation: Instrumentation | undefined;
  const { sources, components, ...hooks } = sharedHooks(() => instrumentation, false);
  return [
    {
      name: 'intellimap',
      ...hooks,
      options: <Given extends InputOptions>(given: Given) =>
        isBuildWanted(options) ? hooks.options(given) : null,
      async buildStart(this: StartContext) {
        // Of a watcher, one build serves them all.
        if (instrumentation !== undefined || !isBuildWanted(options)) return;
        const { meta } = this;
        const version = bundler === 'rolldown' ? meta?.rolldownVersion : meta?.rollupVersion;
        instrumentation = await Instrumentation.create({
          options,
          folder: process.cwd(),
          bundler,
          version: version ?? '',
          isDev: false,
          hasFiles: false,
          collector: collectorUrl,
          warn: (message) => this.warn(message),
        });
      },
      transform: sources,
      generateBundle: {
        order: 'post' as const,
        handler(_: unknown, bundle: Outputs) {
          if (instrumentation !== undefined) keepMaps(instrumentation.build.folder, mapsIn(bundle));
        },
      },
      closeBundle() {
        instrumentation?.tell();
      },
    },
    { name: 'intellimap:components', transform: components },
  ];
}
