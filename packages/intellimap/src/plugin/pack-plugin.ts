/** The plugin for webpack and Rspack: a loader before all others. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { collectAtPort, collectorUrl } from './collecting.ts';
import { DevRun } from './dev-run.ts';
import { moduleOf } from './ids.ts';
import { Instrumentation } from './instrumentation.ts';
import { keepMaps } from './maps.ts';
import { type IntelliMapOptions, isBuildWanted } from './options.ts';

/** What of a compiler is used: neither bundler is loaded for its types. */
export interface Compiler {
  context: string;
  watchMode?: boolean;
  webpack?: { version?: string };
  rspack?: { rspackVersion?: string };
  options: {
    mode?: string;
    target?: unknown;
    module: { rules: unknown[] };
  };
  getInfrastructureLogger(name: string): { info(message: string): void; warn(message: string): void };
  hooks: {
    beforeRun: Beginning;
    watchRun: Beginning;
    emit: { tap(name: string, act: (compilation: Compilation) => void): void };
    afterEmit: { tapPromise(name: string, act: () => Promise<void>): void };
    shutdown: { tap(name: string, act: () => void): void };
  };
}
interface Beginning {
  tapPromise(name: string, act: () => Promise<void>): void;
}
interface Compilation {
  getAssets(): Iterable<{ name: string; source: { source(): unknown } }>;
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
    if (!isServed && !isBuildWanted(this.#options)) return;
    let here: Instrumentation | undefined;
    const begin = async (): Promise<void> => {
      here ??= await this.#instrumentation(compiler, isServed);
    };
    compiler.hooks.beforeRun.tapPromise(NAME, begin);
    compiler.hooks.watchRun.tapPromise(NAME, begin);
    compiler.options.module.rules.push({
      enforce: 'pre',
      // Other queries make something else of a file.
      resourceQuery: { not: [/./] },
      resource: (path: string) => moduleOf(path)?.kind === 'source' && here?.has(path) === true,
      // Ids are of this build: from a cache on disk, nobody gets what another one made, as the name is part of what a module is called there.
      use: [{ loader, options: { instrumentation: () => here }, ident: `${NAME}-${randomUUID()}` }],
    });
    let end: (() => void) | undefined;
    // Once they are written, webpack remembers only how large they were.
    compiler.hooks.emit.tap(NAME, (compilation) => {
      if (here !== undefined) keepMaps(here.build.folder, mapsIn(compilation));
    });
    compiler.hooks.afterEmit.tapPromise(NAME, async () => {
      const made = here;
      if (made === undefined) return;
      made.tell();
      if (isServed) end ??= await collectAtPort(new DevRun(made.root, made.pages, () => made.bundled));
    });
    compiler.hooks.shutdown.tap(NAME, () => end?.());
  }

  async #instrumentation(compiler: Compiler, isDev: boolean): Promise<Instrumentation> {
    const logger = compiler.getInfrastructureLogger(NAME);
    return await Instrumentation.create({
      options: this.#options,
      folder: compiler.context,
      bundler: this.#bundler,
      version: this.#version(compiler) ?? '',
      isDev,
      hasFiles: true,
      collector: collectorUrl,
      warn: (message) => logger.warn(message),
    });
  }
}

/** A dev server of `webpack serve` and `rspack serve`, which say so, or that a script starts. */
const isServing = ({ options }: Compiler): boolean =>
  options.mode === 'development' &&
  ['WEBPACK_SERVE', 'RSPACK_SERVE'].some((name) => process.env[name] === 'true');

/** Code of servers is recorded where it runs. */
const isNodes = (target: unknown): boolean =>
  [target].flat().some((each) => typeof each === 'string' && /^(?:async-)?node|^electron-main/.test(each));

const mapsIn = (compilation: Compilation): [name: string, source: unknown][] =>
  [...compilation.getAssets()].flatMap(({ name, source }): [string, unknown][] =>
    name.endsWith('.map') ? [[name, source.source()]] : [],
  );
