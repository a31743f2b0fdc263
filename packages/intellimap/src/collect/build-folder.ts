/**
 * Instrumented files that a bundler made, as data on disk: `.intellimap/builds/<build>/`. A page says which build it is of; what its site ids mean is
 * read here, and goes into the run's folder.
 *
 *   kind              `dev`: of a dev server, whose modules say that they begin; `build`: of a bundler, whose modules do not
 *   token             what pages of the build bring with them
 *   modules.ndjson    a `ModuleLine` for each file, as in a run; a dev server appends to it
 *   sites/<key>.json  SiteTable
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ModuleLine } from '../base/recording.ts';

export type LoadLine = Extract<ModuleLine, { t: 'load' }>;

/** Names of builds are made by us, and come back from pages: nothing else may be in a path. */
const NAME = /^[0-9a-z-]{1,64}$/;

export const buildsFolder = (root: string): string => join(root, '.intellimap', 'builds');

export class BuildFolder {
  readonly folder: string;
  /** Whether modules say that they begin. */
  readonly tellsModules: boolean;
  readonly token: Buffer;
  readonly #byBase = new Map<number, LoadLine>();
  /** Of the list, whole lines. */
  #read = 0;
  #size = 0;
  /** Tables that a run's folder has, of the run that asked last. */
  #copied = { runDir: '', keys: new Set<string>() };

  constructor(folder: string) {
    this.folder = folder;
    this.tellsModules = kindOf(folder) === 'dev';
    this.token = Buffer.from(readFileSync(join(folder, 'token'), 'utf8').trim());
  }

  /** Undefined: there is no such build. */
  static find(root: string, name: string): BuildFolder | undefined {
    if (!NAME.test(name)) return undefined;
    const folder = join(buildsFolder(root), name);
    // One of them may be gone already, or not be there yet.
    const isWhole = ['modules.ndjson', 'token'].every((file) => existsSync(join(folder, file)));
    return isWhole ? new BuildFolder(folder) : undefined;
  }

  /** A page of it has come: it is not removed with those that nobody uses. */
  use(): void {
    try {
      const now = new Date();
      utimesSync(join(this.folder, 'token'), now, now);
    } catch {
      // It is somebody else's.
    }
  }

  static all(root: string): BuildFolder[] {
    return buildNames(root).flatMap((name) => BuildFolder.find(root, name) ?? []);
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

  /** Brings the table of a file into a run's folder: whole, or not at all. @throws the file system's error */
  copyTable(key: string, runDir: string): void {
    if (this.#copied.runDir !== runDir) this.#copied = { runDir, keys: new Set() };
    const { keys } = this.#copied;
    if (keys.has(key)) return;
    const target = join(runDir, 'sites', `${key}.json`);
    if (!existsSync(target)) {
      mkdirSync(join(runDir, 'sites'), { recursive: true });
      const draft = `${target}.${process.pid}.tmp`;
      copyFileSync(join(this.folder, 'sites', `${key}.json`), draft);
      renameSync(draft, target);
    }
    keys.add(key);
  }

  #refresh(): void {
    const file = join(this.folder, 'modules.ndjson');
    // Pages may ask for what is not in it again and again.
    const { size } = statSync(file);
    if (size === this.#size) return;
    this.#size = size;
    const text = readFileSync(file, 'utf8');
    const end = text.lastIndexOf('\n') + 1;
    for (const line of text.slice(this.#read, end).split('\n')) {
      if (line === '') continue;
      const module = JSON.parse(line) as ModuleLine;
      if (module.t === 'load') this.#byBase.set(module.base, module);
    }
    this.#read = end;
  }
}

/** Builds without the file are of dev servers. */
function kindOf(folder: string): string {
  const file = join(folder, 'kind');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'dev';
}

/** Whether pages of a bundler's build may come, which record wherever they are shown. */
export function hasBuild(root: string): boolean {
  return buildNames(root).some((name) => kindOf(join(buildsFolder(root), name)) === 'build');
}

function buildNames(root: string): string[] {
  const folder = buildsFolder(root);
  return existsSync(folder) ? readdirSync(folder) : [];
}
