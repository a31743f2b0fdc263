/** Which files a page's thread runs: `modules/<pid>-<tid>.ndjson` of a run, and the tables of their sites. I/O: these. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildFolder, LoadLine } from './build-folder.ts';

export class ModuleList {
  readonly #build: BuildFolder;
  readonly #runDir: string;
  readonly #file: string;
  readonly #areTold: boolean;
  readonly #begun = new Set<number>();
  #isRead = false;

  /** @param name of the thread: `<pid>-<tid>` @param areTold the thread says which of them begin; else it is taken to run all */
  constructor(build: BuildFolder, runDir: string, name: string, areTold: boolean) {
    this.#build = build;
    this.#runDir = runDir;
    this.#areTold = areTold;
    this.#file = join(runDir, 'modules', `${name}.ndjson`);
  }

  /** These modules begin. @throws the file system's error */
  begin(bases: readonly number[] = []): void {
    const isFirst = !this.#isRead;
    if (isFirst) this.#read();
    const lines =
      isFirst && !this.#areTold ? this.#build.all() : bases.flatMap((base) => this.#build.module(base) ?? []);
    const fresh = lines.filter(({ base }) => !this.#begun.has(base));
    if (fresh.length > 0) this.#add(fresh);
  }

  #add(lines: readonly LoadLine[]): void {
    mkdirSync(join(this.#runDir, 'modules'), { recursive: true });
    for (const { key } of lines) this.#build.copyTable(key, this.#runDir);
    appendFileSync(this.#file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    for (const { base } of lines) this.#begun.add(base);
  }

  /** What a collector before this one wrote. Where it was killed in a line, the next one begins a line of its own. */
  #read(): void {
    this.#isRead = true;
    if (!existsSync(this.#file)) return;
    const text = readFileSync(this.#file, 'utf8');
    if (text !== '' && !text.endsWith('\n')) appendFileSync(this.#file, '\n');
    for (const line of text.split('\n')) {
      const base = baseOf(line);
      if (base !== undefined) this.#begun.add(base);
    }
  }
}

function baseOf(line: string): number | undefined {
  try {
    return (JSON.parse(line) as { base?: number }).base;
  } catch {
    return undefined;
  }
}
