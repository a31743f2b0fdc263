/** The plugin for bundlers that only bundle: Rollup and Rolldown. */
import { collectorUrl } from './collecting.ts';
import { recordedHere } from './dev-run.ts';
import { Instrumentation } from './instrumentation.ts';
import { keepMaps, type Outputs } from './maps.ts';
import { type IntelliMapOptions, wantsBuild } from './options.ts';
import { sharedHooks } from './rollup-hooks.ts';

export interface StartContext {
  meta?: { rollupVersion?: string; rolldownVersion?: string };
  warn(message: string): void;
}

export function bundlerHooks(bundler: 'rollup' | 'rolldown', options: IntelliMapOptions) {
  let instrumentation: Instrumentation | undefined;
  const { resolveId, load, sources, components } = sharedHooks(() => instrumentation, false);
  return [
    {
      name: 'intellimap',
      buildStart(this: StartContext) {
        // Of a watcher, one build serves them all.
        if (instrumentation !== undefined || !wantsBuild(options, process.env, recordedHere() !== undefined))
          return;
        const { meta } = this;
        const version = bundler === 'rolldown' ? meta?.rolldownVersion : meta?.rollupVersion;
        instrumentation = new Instrumentation({
          options,
          folder: process.cwd(),
          bundler,
          version: version ?? '',
          isDev: false,
          hasFiles: false,
          plain: 'module',
          collector: collectorUrl,
          warn: (message) => this.warn(message),
        });
      },
      resolveId,
      load,
      transform: sources,
      generateBundle: {
        order: 'post' as const,
        handler(_: unknown, bundle: Outputs) {
          if (instrumentation !== undefined) keepMaps(instrumentation.build.folder, bundle);
        },
      },
      closeBundle() {
        instrumentation?.tell();
      },
    },
    { name: 'intellimap:components', transform: components },
  ];
}
