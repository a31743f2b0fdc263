/**
 * Instrumented files that a bundler made, as data on disk: `.intellimap/builds/<build>/`. A page says which build it is of; what its site ids mean is
 * read here, and goes into the run's folder.
 *
 *   token             what pages of the build bring with them
 *   modules.ndjson    a `ModuleLine` for each file, as in a run; a dev server appends to it
 *   sites/<key>.json  SiteTable
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleLine } from '../base/recording.ts';

export type LoadLine = Extract<ModuleLine, { t: 'load' }>;

/** Names of builds are made by us, and come back from pages: nothing else may be in a path. */
const NAME = /^[0-9a-z-]{1,64}$/;

export class BuildFolder {
  readonly folder: string;
  readonly #byBase = new Map<number, LoadLine>();
  #read = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Undefined: there is no such build. */
  static find(root: string, name: string): BuildFolder | undefined {
    const folder = join(root, '.intellimap', 'builds', name);
    return NAME.test(name) && existsSync(join(folder, 'modules.ndjson'))
      ? new BuildFolder(folder)
      : undefined;
  }

  get token(): string {
    return readFileSync(join(this.folder, 'token'), 'utf8').trim();
  }

  /** The file whose sites begin at `base`; undefined: not known. */
  module(base: number): LoadLine | undefined {
    if (!this.#byBase.has(base)) this.#refresh();
    return this.#byBase.get(base);
  }

  all(): LoadLine[] {
    this.#refresh();
    return [...this.#byBase.values()];
  }

  /** Brings the table of a file into a run's folder. */
  copyTable(key: string, runDir: string): void {
    const target = join(runDir, 'sites', `${key}.json`);
    if (existsSync(target)) return;
    mkdirSync(join(runDir, 'sites'), { recursive: true });
    copyFileSync(join(this.folder, 'sites', `${key}.json`), target);
  }

  #refresh(): void {
    const text = readFileSync(join(this.folder, 'modules.ndjson'), 'utf8');
    const end = text.lastIndexOf('\n') + 1;
    for (const line of text.slice(this.#read, end).split('\n')) {
      if (line === '') continue;
      const module = JSON.parse(line) as ModuleLine;
      if (module.t === 'load') this.#byBase.set(module.base, module);
    }
    this.#read = end;
  }
}
