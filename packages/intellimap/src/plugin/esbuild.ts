/** `intellimap/esbuild`: bundles that record themselves. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, relative, resolve } from 'node:path';
import { collectorUrl } from './collecting.ts';
import { Instrumentation } from './instrumentation.ts';
import { moduleOf } from './ids.ts';
import { keepMaps } from './maps.ts';
import { type IntelliMapOptions, isBuildWanted } from './options.ts';

export type { IntelliMapOptions } from './options.ts';

/** What of esbuild is used: it is not loaded for its types. */
interface InitialOptions {
  bundle?: boolean;
  platform?: string;
  absWorkingDir?: string;
  loader?: Record<string, string>;
  outdir?: string;
  outfile?: string;
  metafile?: boolean;
}
interface Loaded {
  contents: string;
  loader: 'js' | 'jsx' | 'ts' | 'tsx';
}
interface Result {
  outputFiles?: { path: string; contents: Uint8Array }[] | undefined;
  metafile?: { outputs: Record<string, unknown> } | undefined;
}
interface PluginBuild {
  initialOptions: InitialOptions;
  esbuild: { version: string };
  onLoad(
    options: { filter: RegExp; namespace: string },
    act: (module: {
      path: string;
      suffix: string;
      with?: Record<string, string>;
    }) => Promise<Loaded | undefined>,
  ): void;
  onEnd(act: (result: Result) => void): void;
}

const LOADERS = ['js', 'jsx', 'ts', 'tsx'] as const;

export default function intellimap(options: IntelliMapOptions = {}): {
  name: string;
  setup(build: PluginBuild): Promise<void>;
} {
  return {
    name: 'intellimap',
    async setup(build) {
      const { bundle, platform, absWorkingDir = process.cwd(), loader = {} } = build.initialOptions;
      // Code of servers is recorded where it runs; without bundling, pages would look for the probe on this machine.
      if (bundle !== true || platform === 'node') return;
      if (!isBuildWanted(options)) return;
      const instrumentation = await Instrumentation.create({
        options,
        folder: absWorkingDir,
        bundler: 'esbuild',
        version: build.esbuild.version,
        isDev: false,
        hasFiles: true,
        collector: collectorUrl,
        warn: (message) => console.warn(message),
      });
      // Of files that esbuild writes itself, it tells only so which ones they are.
      build.initialOptions.metafile = true;
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path, suffix, ...module }) => {
        const isText = Object.keys(module.with ?? {}).length > 0;
        if (isText || moduleOf(path + suffix)?.kind !== 'source' || !instrumentation.has(path))
          return undefined;
        const asked = loader[extname(path)] ?? extname(path).replace(/^\.[cm]?/, '');
        const known = LOADERS.find((each) => each === asked);
        if (known === undefined) return undefined;
        const made = instrumentation.source(await readFile(path, 'utf8'), path);
        return made && { contents: withMap(made), loader: known };
      });
      build.onEnd((result) => {
        keepMaps(instrumentation.build.folder, mapsIn(result, build.initialOptions, absWorkingDir));
        instrumentation.tell();
      });
    },
  };
}

/** esbuild reads it, and leads its own map on. */
function withMap({ code, map }: { code: string; map: object }): string {
  const json = Buffer.from(JSON.stringify(map)).toString('base64');
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${json}`;
}

/** Those that it hands over, or has written itself. */
function mapsIn(
  { outputFiles, metafile }: Result,
  { outdir, outfile }: InitialOptions,
  cwd: string,
): [name: string, source: unknown][] {
  const base = resolve(cwd, outdir ?? (outfile === undefined ? '' : dirname(outfile)));
  const written = Object.keys(metafile?.outputs ?? {})
    .map((name) => resolve(cwd, name))
    // Somebody else may have taken it away: places stay those of the bundle.
    .filter((path) => path.endsWith('.map') && existsSync(path))
    .map((path) => ({ path, contents: readFileSync(path) }));
  return (outputFiles ?? written)
    .filter(({ path }) => path.endsWith('.map'))
    .map(({ path, contents }) => [relative(base, path), contents]);
}
