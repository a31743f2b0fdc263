/** Any moment of a run: its recording, gone through thread by thread as they are asked for. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Site, SiteTable } from '../../base/recording.ts';
import { buildProgram, type Program, type ProgramFunction, ProcessMaps } from '../program-sites.ts';
import { fingerprint, readRunFolder, type RunFolder } from '../run-folder.ts';
import { ThreadMoments } from './thread-moments.ts';

/** Raise it when something else is written down than before. */
const VERSION = 2;

/** What is known of a run's threads, a file each: of use as long as the recording is the same. */
const momentsFolder = (root: string, run: string): string => join(root, '.intellimap', 'moments', run);

export class Moments {
  /** µs of the machine's clock. */
  readonly startedMicros: number;
  readonly #folder: RunFolder;
  readonly #program: Program;
  readonly #maps: ProcessMaps;
  readonly #threads = new Map<number, Promise<ThreadMoments>>();
  readonly #saved: string;
  readonly #key: string;
  readonly #afterMs: number | undefined;

  private constructor(folder: RunFolder, saved: string, afterMs: number | undefined) {
    this.#saved = saved;
    this.#key = `${VERSION} ${fingerprint(folder.folder)}`;
    this.#afterMs = afterMs;
    this.startedMicros = folder.run.startedMicros;
    this.#folder = folder;
    this.#program = buildProgram(folder);
    this.#maps = new ProcessMaps(this.#program, folder);
  }

  /** Undefined: there is no recording of it, as it was imported, or the tier tells no calls. @param afterMs what takes longer to go through is written down @throws Fault when `run.json` is unreadable */
  static open(root: string, run: string, afterMs?: number): Moments | undefined {
    const folder = join(root, '.intellimap', 'runs', run);
    if (!existsSync(join(folder, 'run.json'))) return undefined;
    const read = readRunFolder(folder);
    return read.run.tier === 'performance' && read.run.imported === undefined
      ? new Moments(read, momentsFolder(root, run), afterMs)
      : undefined;
  }

  /** Threads that were recorded, by number from 1. */
  get threads(): number {
    return this.#folder.threads.length;
  }

  /** Of `threads`. Goes through its recording when it is asked for first. */
  async thread(number: number): Promise<ThreadMoments | undefined> {
    const thread = this.#folder.threads[number - 1];
    if (thread === undefined) return undefined;
    let moments = this.#threads.get(number);
    if (moments === undefined) {
      moments = ThreadMoments.read(
        this.#folder.folder,
        thread,
        this.#maps.of(thread.pid),
        this.startedMicros,
        {
          file: join(this.#saved, String(number)),
          key: this.#key,
          ...(this.#afterMs !== undefined && { afterMs: this.#afterMs }),
        },
      );
      this.#threads.set(number, moments);
    }
    return await moments;
  }

  /** A function by its number; undefined: its site is unknown. */
  functionOf(number: number): ProgramFunction | undefined {
    return this.#program.functions[number - 1];
  }

  /** Place of a site of a thread's process. */
  place(thread: number, site: number): { table: SiteTable; site: Site } | null {
    return this.#maps.of(this.#folder.threads[thread - 1]?.pid ?? 0).place(site);
  }
}
