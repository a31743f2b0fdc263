/** Texts of a bundler → instrumented texts that import their probes, and the build that remembers what their sites mean. I/O: the build's folder. */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Bundled, SiteTable } from '../base/recording.ts';
import { languageOf } from '../load/scope.ts';
import { findUpstream } from '../load/worker/upstream.ts';
import { recordingsFolder } from '../record/folder.ts';
import { ofBuild, privacyKey as keyFor, TEXTS } from '../record/privacy-key.ts';
import { version } from '../record/version.ts';
import { findRoot } from '../record/workspace.ts';
import {
  contentHash,
  IGNORED,
  type SourceMap,
  transform,
  type TransformOptions,
  type Upstream,
  type UpstreamMap,
} from '../transform/index.ts';
import { type Build, createBuild } from './build.ts';
import { scriptsOf } from './component.ts';
import { goalOf } from './goal.ts';
import { MadeModules } from './made-modules.ts';
import type { IntelliMapOptions } from './options.ts';
import { type PageSettings, pageSettings } from './page-settings.ts';
import { probeText } from './probe-text.ts';
import { RecordedFiles } from './recorded-files.ts';

/** What instrumented files import, where a bundler has names for modules that are no files. */
export const PROBE_MODULE = 'virtual:intellimap/probe';

export interface InstrumentationSettings {
  options: IntelliMapOptions;
  /** The workspace is looked for from here on upwards. */
  folder: string;
  /** `vite`, `rollup`, …, and its version. */
  bundler: string;
  version: string;
  /** A server that makes modules as they are asked for: they say that they begin. Otherwise that would keep alive what nobody uses. */
  isDev: boolean;
  /** The bundler knows no modules but files: then the probe is one. Such bundlers take a text that shows no sign of a module for CommonJS, too. */
  hasFiles: boolean;
  /** Where pages send: a URL, or `''`, whoever they come from. */
  collector: (root: string) => string;
  warn: (message: string) => void;
}

export interface Instrumented {
  code: string;
  /** To the text that was given, or further where the bundler would not go on from there by itself. */
  map: SourceMap;
}

export class Instrumentation {
  readonly root: string;
  readonly pages: PageSettings;
  readonly #settings: InstrumentationSettings;
  readonly #files: RecordedFiles;
  readonly #made = new MadeModules<Instrumented | undefined>();
  readonly #warned = new Set<string>();
  /** Components of which a part came without a source map. As a rule that part has no code of theirs, and another one has. */
  readonly #unmapped = new Set<string>();
  readonly #recorded = new Set<string>();
  readonly #facts = { files: 0, skipped: 0, ms: 0 };
  #build: Build | undefined;
  #probeFile: string | undefined;

  private constructor(root: string, settings: InstrumentationSettings, pages: PageSettings) {
    this.root = root;
    this.pages = pages;
    this.#settings = settings;
    this.#files = new RecordedFiles(root, pages);
  }

  /** @throws Error when the options, or the workspace's configuration, make no sense */
  static async create(settings: InstrumentationSettings): Promise<Instrumentation> {
    const root = realpathSync(findRoot(settings.folder));
    return new Instrumentation(root, settings, await pageSettings(root, settings.options));
  }

  /** Whether there was anything to make one for. */
  get hasBuild(): boolean {
    return this.#build !== undefined;
  }

  get build(): Build {
    return (this.#build ??= createBuild(this.root, this.#settings.isDev ? 'dev' : 'build'));
  }

  /** @param file absolute path, of a program text or a component */
  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** Whether it was looked at in this build. Caches of a bundler may hold what another build made of it. */
  knows(file: string): boolean {
    return this.#made.has(this.#files.realPath(file));
  }

  /** A file as its author wrote it. Undefined: it stays as it is. */
  source(text: string, file: string, chained?: UpstreamMap): Instrumented | undefined {
    const lang = languageOf(file) ?? 'js';
    const real = this.#files.realPath(file);
    return this.#once(text, real, () => {
      const { upstream } = findUpstream(text, real, (path) => this.#files.name(path));
      const goal = goalOf(text, real, lang, this.#settings.hasFiles ? 'commonjs' : 'module');
      const options = { lang, goal, ...(upstream && { upstream }), ...(chained && { map: chained }) };
      return this.#instrument(text, real, options);
    });
  }

  /** What a compiler made of a component, or of a file with runes. @param map leads to the file */
  component(code: string, file: string, map: UpstreamMap | null): Instrumented | undefined {
    const real = this.#files.realPath(file);
    return this.#once(code, real, () => {
      const { sources, mappings } = (map ?? {}) as { sources?: unknown[]; mappings?: unknown };
      if (map === null || mappings === '' || sources?.length !== 1) return void this.#unmapped.add(real);
      const text = readFileSync(real, 'utf8');
      const scripts = languageOf(real) ? { text, lang: languageOf(real)! } : scriptsOf(text);
      const upstream: Upstream = {
        map,
        source: scripts?.text ?? '',
        path: this.#files.name(real),
        lang: scripts?.lang ?? 'js',
      };
      return this.#instrument(code, real, { lang: 'jsx', goal: 'module', upstream }, text);
    });
  }

  /** The module that instrumented files import. */
  probe(): string {
    const { name, token } = this.build;
    const { collector, options, isDev } = this.#settings;
    const { propagate } = options;
    // Pages of a dev server stay on this machine, and are compared with its server; a build's are for everybody.
    const privacyKey = keyFor(recordingsFolder(this.root), isDev ? TEXTS : ofBuild(name));
    return probeText({
      build: name,
      token,
      collector: collector(this.root),
      sites: 0,
      tier: 'performance',
      propagate,
      privacyKey,
    });
  }

  /** What was done so far. */
  get bundled(): Bundled {
    const { bundler, version: bundlerVersion } = this.#settings;
    const { ms, ...counts } = this.#facts;
    return { by: bundler, version: bundlerVersion, ...counts, ms: Math.round(ms) };
  }

  /** Writes it down with the build. */
  tell(): void {
    for (const file of this.#unmapped)
      if (!this.#recorded.has(file))
        this.#skip(this.#files.name(file), 'its compiler gives no source map of it');
    this.#unmapped.clear();
    this.build.tell({ ...this.bundled, intellimap: version() });
  }

  #from(): string {
    if (!this.#settings.hasFiles) return PROBE_MODULE;
    if (this.#probeFile === undefined) {
      this.#probeFile = join(this.build.folder, 'probe.mjs');
      writeFileSync(this.#probeFile, this.probe(), { mode: 0o600 });
    }
    return this.#probeFile.replaceAll('\\', '/');
  }

  #once(text: string, file: string, make: () => Instrumented | undefined): Instrumented | undefined {
    if (!this.#files.has(file)) return undefined;
    const started = performance.now();
    const made = this.#made.once(text, file, make);
    this.#facts.ms += performance.now() - started;
    return made;
  }

  #instrument(
    text: string,
    file: string,
    how: Pick<TransformOptions, 'lang' | 'goal' | 'upstream' | 'map'>,
    original = text,
  ): Instrumented | undefined {
    const { isDev, hasFiles } = this.#settings;
    const { build } = this;
    const path = this.#files.name(file);
    const started = performance.now();
    const from = this.#from();
    // Another one of ours was first.
    if (text.includes(JSON.stringify(from))) return undefined;
    const base = build.sites + 1;
    const imported = { from, modules: isDev };
    const result = transform(text, { path, tier: 'performance', base, imported, ...how });
    if (!result.ok) return this.#skip(path, result.reason);
    const { code } = result;
    const table = original === text ? result.table : { ...result.table, contentHash: contentHash(original) };
    build.add(keyOf(table, text), table, {
      base,
      count: table.sites.length,
      path: table.path,
      format: how.goal === 'module' ? 'module' : 'commonjs',
      ms: Math.round((performance.now() - started) * 1000) / 1000,
    });
    this.#facts.files++;
    this.#recorded.add(file);
    // Whoever has names for modules chains maps, as well.
    if (hasFiles && (how.upstream ?? how.map) !== undefined) return { code, map: result.map() };
    // With the text: bundlers have only the instrumented one, and some look for a file of a name that they take for an address.
    return { code, map: { ...result.ownMap(), sources: [file], sourcesContent: [text] } };
  }

  #skip(path: string, reason: string): undefined {
    this.#facts.skipped++;
    this.build.skip(path, reason);
    if (reason === IGNORED || this.#warned.has(path)) return;
    this.#warned.add(path);
    this.#settings.warn(`intellimap: ${path} is not recorded: ${reason}`);
  }
}

const keyOf = ({ path, contentHash: hash }: SiteTable, text: string): string =>
  createHash('sha256').update(`${path}\0${hash}\0${text}`).digest('hex').slice(0, 16);
