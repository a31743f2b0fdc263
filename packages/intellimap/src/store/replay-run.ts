/** All threads of a run, replayed one after the other. It can go on where a loader that was killed had come to. */
import { removeCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { buildProgram, type ProcessMap, ProcessMaps, type Program } from './program-sites.ts';
import { ThreadReader, type ThreadResult } from './replay-thread.ts';
import { CallKeeper } from './replay/calls.ts';
import { LinkKeeper } from './replay/causes.ts';
import { PauseKeeper } from './replay/pauses.ts';
import { Aggregates } from './replay/program.ts';
import { ResourceKeeper } from './replay/resources.ts';
import { restore, type State, stateOf } from './replay/state.ts';
import { type LeafSize, TimeIndex } from './replay/time/time-index.ts';
import { TaskKeeper } from './replay/tasks.ts';
import type { RunSinks } from './replay/thread.ts';
import { ValueKeeper } from './replay/values.ts';
import { readRunFolder, type RunFolder } from './run-folder.ts';
import { type MeasuredRun, measuredRun } from './v8/measured.ts';

/** A run that was replayed, ready to be written. */
export interface ReplayedRun {
  folder: RunFolder;
  state: string;
  program: Program;
  sinks: RunSinks;
  threads: { result: ThreadResult; sites: ProcessMap }[];
  /** `path\0ordinal` of a dynamic import → times reached */
  reached: Map<string, number>;
  /** What V8 itself measured. */
  measured: MeasuredRun;
}

export interface ReplayOptions {
  /** Told after each part how much of the recording was read, 0 … 1, and what is done. */
  onProgress?: (share: number, what: string) => void;
  /** Where to write down how far it is, and at most how often; the default is after 2 s, and never for more than a twentieth of the time. */
  checkpoint?: { file: string; everyMs?: number };
  /** Of the time index. */
  leaves?: LeafSize;
}

const CHECKPOINT_MS = 2000;
/** Of the time that passes between two checkpoints, one takes at most this much. */
const CHECKPOINT_SHARE = 0.05;
/** Raise it when a replay goes on with something else than before. */
const CHECKPOINT_VERSION = 8;

/** @param state fingerprint of the folder */
export function replayRun(runDir: string, state: string, options: ReplayOptions = {}): ReplayedRun {
  const folder = readRunFolder(runDir);
  return new RunReplay(folder, state, options).run();
}

/** How far a replay is: the next byte of a thread's segment. */
interface Position {
  thread: number;
  segment: number;
  byte: number;
}

class RunReplay {
  readonly #folder: RunFolder;
  readonly #state: string;
  readonly #options: ReplayOptions;
  readonly #program: Program;
  readonly #sinks: RunSinks;
  readonly #maps: ProcessMaps;
  readonly #readers: ThreadReader[] = [];
  readonly #bytes: number;
  #bytesDone = 0;
  #savedAt = performance.now();
  #pause: number;

  constructor(folder: RunFolder, state: string, options: ReplayOptions) {
    this.#folder = folder;
    this.#state = state;
    this.#options = options;
    this.#program = buildProgram(folder);
    this.#maps = new ProcessMaps(this.#program, folder);
    this.#sinks = {
      aggregates: new Aggregates(this.#program.functions.length),
      calls: new CallKeeper(),
      tasks: new TaskKeeper(),
      values: new ValueKeeper(),
      links: new LinkKeeper(),
      pauses: new PauseKeeper(),
      resources: new ResourceKeeper(),
      time: new TimeIndex(folder.run.startedMicros, options.leaves),
    };
    this.#bytes = folder.threads.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#pause = options.checkpoint?.everyMs ?? CHECKPOINT_MS;
  }

  run(): ReplayedRun {
    const { threads } = this.#folder;
    const begun = this.#resume() ?? { thread: 0, segment: 0, byte: 0 };
    const results = this.#readers.slice(0, begun.thread).map(({ result }) => result);
    for (let thread = begun.thread; thread < threads.length; thread++) {
      const isBegun = thread === begun.thread;
      const from = isBegun ? begun : { thread, segment: 0, byte: 0 };
      if (thread === this.#readers.length) this.#begin(thread);
      results.push(this.#read(from));
    }
    this.#sinks.calls.finish();
    const run: ReplayedRun = {
      folder: this.#folder,
      state: this.#state,
      program: this.#program,
      sinks: this.#sinks,
      threads: results.map((result) => ({ result, sites: this.#maps.of(result.pid) })),
      reached: new Map(),
      measured: measuredOf(this.#folder),
    };
    for (const { result, sites } of run.threads) addCounts(run, result, sites);
    return run;
  }

  #begin(thread: number): void {
    const threadFolder = this.#folder.threads[thread];
    const reader = new ThreadReader(thread + 1, threadFolder, this.#maps.of(threadFolder.pid), this.#sinks);
    if (this.#folder.run.gc === true) reader.collections(this.#folder.folder, threadFolder);
    this.#readers.push(reader);
  }

  #read({ thread, segment: first, byte }: Position): ThreadResult {
    const { segments } = this.#folder.threads[thread];
    const reader = this.#readers[thread];
    for (let segment = first; segment < segments.length; segment++) {
      const from = segment === first ? byte : 0;
      let done = from;
      this.#bytesDone += from;
      reader.segment(
        this.#folder.folder,
        segments[segment],
        segment + 1 === segments.length,
        from,
        (next) => {
          this.#bytesDone += next - done;
          done = next;
          this.#tell(thread);
          this.#save({ thread, segment, byte: next });
        },
      );
    }
    return reader.finish();
  }

  #tell(thread: number): void {
    this.#options.onProgress?.(
      this.#bytesDone / Math.max(1, this.#bytes),
      `replaying thread ${thread + 1} of ${this.#folder.threads.length}`,
    );
  }

  #save(position: Position): void {
    const { checkpoint } = this.#options;
    const now = performance.now();
    if (checkpoint === undefined || now - this.#savedAt < this.#pause) return;
    const value = { position, bytesDone: this.#bytesDone, state: this.#stateOfAll() };
    try {
      writeCheckpoint(checkpoint.file, this.#key(), value);
    } catch {
      // No room, or not allowed: what is killed begins anew.
      removeCheckpoint(checkpoint.file);
    }
    this.#savedAt = performance.now();
    this.#pause = Math.max(checkpoint.everyMs ?? CHECKPOINT_MS, (this.#savedAt - now) / CHECKPOINT_SHARE);
  }

  /** Makes what there was when the last checkpoint was written. */
  #resume(): Position | undefined {
    const { checkpoint } = this.#options;
    const saved = checkpoint && readCheckpoint(checkpoint.file, this.#key());
    if (saved === undefined) return undefined;
    const { position, bytesDone, state } = saved as { position: Position; bytesDone: number; state: State };
    for (let thread = 0; thread <= position.thread; thread++) this.#begin(thread);
    restore(this.#all(), state);
    this.#bytesDone = bytesDone - position.byte;
    return position;
  }

  #all() {
    return {
      sinks: this.#sinks,
      ...Object.fromEntries(this.#readers.map((reader, at) => [`reader${at}`, reader])),
    };
  }

  #stateOfAll(): State {
    return stateOf(this.#all(), this.#maps.all());
  }

  #key(): string {
    return `${CHECKPOINT_VERSION} ${process.version} ${this.#state}`;
  }
}

function measuredOf({ folder: runDir, run, modules, tables, threads }: RunFolder): MeasuredRun {
  const { id, root, startedMicros: started } = run;
  return measuredRun({ run: id, root, runDir, started, modules, tables, threads });
}

/** Counters of runs that tell no calls one by one, and of closed gates, and reached `import()`s of any. */
function addCounts(run: ReplayedRun, result: ThreadResult, sites: ProcessMap): void {
  const { aggregates } = run.sinks;
  const reach = (site: number, times: number) => {
    const place = sites.place(site);
    if (place === null) return;
    const key = `${place.table.path}\0${place.ordinal}`;
    run.reached.set(key, (run.reached.get(key) ?? 0) + times);
  };
  for (const [site, times] of result.replay.reached) reach(site, times);
  const { functionOf } = sites;
  const functionAt = (site: number): number => functionOf[site] ?? 0;
  result.edges.each((caller, callee, times) =>
    aggregates.called(caller === 0 ? undefined : functionAt(caller), functionAt(callee), times),
  );
  for (const [site, times] of result.counts) {
    const kind = sites.place(site)?.site.kind;
    if (kind === 'import()' || kind === 'require') reach(site, times);
    else if (kind !== undefined) aggregates.hit(sites.functionOf[site], times);
  }
}
