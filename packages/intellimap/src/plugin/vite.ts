/** `intellimap/vite`: pages that a Vite dev server serves, or `vite build` makes, are recorded. Vite 6 to 8. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { collectAtPort, collectIn, collectorUrl, policyText, type Served } from './collecting.ts';
import { DevRun } from './dev-run.ts';
import { Instrumentation } from './instrumentation.ts';
import { keepMaps, mapsIn, type Outputs } from './maps.ts';
import { type IntelliMapOptions, isBuildWanted } from './options.ts';
import { type HookContext, isServers, sharedHooks } from './rollup-hooks.ts';
import { originTest } from './origins.ts';
import { mapsOfServer } from './vite-maps.ts';
import { type ResolveContext, withoutVersion } from './vite-packages.ts';

export type { IntelliMapOptions } from './options.ts';

/** What of Vite is used here: it is not loaded for its types. */
interface Environment {
  command: string;
  isPreview?: boolean;
  isSsrBuild?: boolean;
}
interface ResolvedConfig {
  root: string;
  command: string;
  isProduction: boolean;
  logger: { info(message: string): void; warnOnce(message: string): void };
  server: { middlewareMode?: unknown; cors?: unknown; origin?: string | undefined };
  preview?: { cors?: unknown };
  plugins: readonly { name: string; enforce?: string | undefined }[];
}
const COMPONENTS = 'intellimap:components';

/** Compilers that want to come late, as that of Svelte's runes, come before us all the same; what Vite does last comes after. */
function putLast(all: readonly { name: string; enforce?: string | undefined }[]): void {
  const plugins = all as { name: string; enforce?: string | undefined }[];
  const from = plugins.findIndex(({ name }) => name === COMPONENTS);
  const to = plugins.findLastIndex(({ name, enforce }) => enforce === 'post' && !name.startsWith('vite:'));
  if (from >= 0 && to > from) plugins.splice(to, 0, ...plugins.splice(from, 1));
}

export default function intellimap(options: IntelliMapOptions = {}) {
  let config: ResolvedConfig | undefined;
  let instrumentation: Instrumentation | undefined;
  let ownsMaps = false;
  let hasTold = false;
  let endCollector: (() => void) | undefined;
  const { sources, components, ...hooks } = sharedHooks(() => instrumentation, true);

  const apply = (_: unknown, { command, isPreview = false, isSsrBuild = false }: Environment): boolean => {
    // Tests of components run in Node, though Vite takes them for pages. Code of servers is recorded where it runs.
    if (process.env['VITEST'] !== undefined || isSsrBuild) return false;
    return command === 'serve' ? !isPreview || options.build !== false : isBuildWanted(options);
  };
  const parts = () => [
    { ...hooks, name: 'intellimap', enforce: 'pre' as const, transform: sources },
    {
      name: COMPONENTS,
      enforce: 'post' as const,
      transform: components,
      configResolved: (resolved: ResolvedConfig) => putLast(resolved.plugins),
    },
  ];
  const [first, last] = parts();

  return [
    {
      ...first,
      apply,
      resolveId: {
        ...hooks.resolveId,
        async handler(this: ResolveContext, id: string, importer?: string, asked: object = {}) {
          const own = hooks.resolveId.handler(id);
          if (own !== undefined || config?.command !== 'serve' || !instrumentation?.pages.include.length)
            return own;
          const here = instrumentation;
          return await withoutVersion(this, id, importer, asked, (file) => here.has(file));
        },
      },
      config(given: { build?: { sourcemap?: unknown } }, { command }: Environment) {
        const isBuild = command === 'build';
        ownsMaps = isBuild && !given.build?.sourcemap;
        return {
          // Bundled by themselves, with plugins of their own.
          worker: { plugins: parts },
          // Places in components and in stacks are led back to the source by them. They are no part of what is made.
          ...(ownsMaps && { build: { sourcemap: 'hidden' as const } }),
        };
      },
      async configResolved(resolved: ResolvedConfig) {
        config = resolved;
        hasTold = false;
        const isDev = resolved.command === 'serve';
        const speaksElsewhere = !isDev || Boolean(resolved.server.middlewareMode);
        instrumentation = await Instrumentation.create({
          options,
          folder: resolved.root,
          bundler: 'vite',
          version: versionOf(resolved.root),
          isDev,
          hasFiles: false,
          collector: speaksElsewhere ? collectorUrl : () => '',
          warn: (message) => resolved.logger.warnOnce(message),
        });
      },
      async configureServer(server: Served) {
        if (instrumentation === undefined || config === undefined) return;
        const here = instrumentation;
        const run = new DevRun(here.root, here.pages, () => here.bundled);
        // Without a server of its own it hears of no WebSocket.
        if (server.httpServer === null) endCollector = await collectAtPort(run);
        else collectIn(server, run, originTest(config.server.cors), mapsOfServer(server));
      },
      async configurePreviewServer(server: Served) {
        if (instrumentation === undefined || config === undefined) return;
        const run = new DevRun(instrumentation.root, instrumentation.pages);
        collectIn(server, run, originTest(config.preview?.cors));
        server.httpServer?.once('close', await collectAtPort(run));
      },
      generateBundle: {
        order: 'post' as const,
        handler(this: HookContext, _: unknown, bundle: Outputs) {
          if (instrumentation === undefined) return;
          const maps = mapsIn(bundle);
          if (!isServers(this)) keepMaps(instrumentation.build.folder, maps);
          if (ownsMaps) for (const [name] of maps) delete bundle[name];
        },
      },
      closeBundle() {
        endCollector?.();
        endCollector = undefined;
        if (instrumentation?.hasBuild !== true || config?.command !== 'build') return;
        instrumentation.tell();
        if (hasTold) return;
        hasTold = true;
        config.logger.info(policyText(collectorUrl(instrumentation.root)));
      },
    },
    { ...last, apply },
  ];
}

function versionOf(root: string): string {
  try {
    return (createRequire(join(root, 'index.js'))('vite/package.json') as { version: string }).version;
  } catch {
    return '';
  }
}
