/** The plugin for webpack and Rspack: a loader before all others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectAtPort, collectorUrl } from './collecting.ts';
import { DevRun, recordedHere } from './dev-run.ts';
import { moduleOf } from './ids.ts';
import { Instrumentation } from './instrumentation.ts';
import { keepMap } from './maps.ts';
import { type IntelliMapOptions, wantsBuild } from './options.ts';

/** What of a compiler is used: neither bundler is loaded for its types. */
export interface Compiler {
  context: string;
  watchMode?: boolean;
  webpack?: { version?: string };
  rspack?: { rspackVersion?: string };
  options: {
    mode?: string;
    target?: unknown;
    output: { path?: string };
    module: { rules: unknown[] };
  };
  outputPath?: string;
  getInfrastructureLogger(name: string): { info(message: string): void; warn(message: string): void };
  hooks: {
    afterEmit: { tapPromise(name: string, act: (compilation: Compilation) => Promise<void>): void };
    shutdown: { tap(name: string, act: () => void): void };
  };
}
interface Compilation {
  getAssets(): Iterable<{ name: string; source?: { source(): unknown } }>;
  outputOptions?: { path?: string };
}

const NAME = 'intellimap';
const loader = fileURLToPath(new URL('loader.js', import.meta.url));

export class PackPlugin {
  readonly #bundler: string;
  readonly #options: IntelliMapOptions;
  readonly #version: (compiler: Compiler) => string | undefined;

  constructor(
    bundler: 'webpack' | 'rspack',
    options: IntelliMapOptions,
    version: (compiler: Compiler) => string | undefined,
  ) {
    this.#bundler = bundler;
    this.#options = options;
    this.#version = version;
  }

  apply(given: unknown): void {
    const compiler = given as Compiler;
    const isServed = isServing(compiler) && this.#options.build !== false;
    if (isNodes(compiler.options.target)) return;
    if (!isServed && !wantsBuild(this.#options, process.env, recordedHere() !== undefined)) return;
    const logger = compiler.getInfrastructureLogger(NAME);
    const instrumentation = new Instrumentation({
      options: this.#options,
      folder: compiler.context,
      bundler: this.#bundler,
      version: this.#version(compiler) ?? '',
      isDev: isServed,
      hasFiles: true,
      plain: 'commonjs',
      collector: collectorUrl,
      warn: (message) => logger.warn(message),
    });
    compiler.options.module.rules.push({
      enforce: 'pre',
      // Other queries make something else of a file.
      resourceQuery: { not: [/./] },
      resource: (path: string) => moduleOf(path)?.kind === 'source' && instrumentation.has(path),
      use: [{ loader, options: { instrumentation }, ident: NAME }],
    });
    let end: (() => void) | undefined;
    const run = new DevRun(instrumentation.root, () => instrumentation.bundled);
    compiler.hooks.afterEmit.tapPromise(NAME, async (compilation) => {
      keepEmitted(compiler, compilation, instrumentation.build.folder);
      instrumentation.tell();
      if (isServed) end ??= await collectAtPort(instrumentation.root, run);
    });
    compiler.hooks.shutdown.tap(NAME, () => end?.());
  }
}

/** A dev server of `webpack serve` and `rspack serve`, which say so, or that a script starts. */
const isServing = ({ options }: Compiler): boolean =>
  options.mode === 'development' &&
  ['WEBPACK_SERVE', 'RSPACK_SERVE'].some((name) => process.env[name] === 'true');

/** Code of servers is recorded where it runs. */
const isNodes = (target: unknown): boolean =>
  [target].flat().some((each) => typeof each === 'string' && /^(?:async-)?node|^electron-main/.test(each));

function keepEmitted(compiler: Compiler, compilation: Compilation, folder: string): void {
  const path = compilation.outputOptions?.path ?? compiler.outputPath ?? compiler.options.output.path;
  for (const { name, source } of compilation.getAssets()) {
    if (!name.endsWith('.map')) continue;
    try {
      keepMap(folder, name, source?.source() ?? readFileSync(join(path ?? '', name)));
    } catch {
      // Somebody else has taken it away: places stay those of the bundle.
    }
  }
}
