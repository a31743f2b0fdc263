/** One thread of a browser, as a thread of a run. I/O: its segments, and the list of its modules. */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Batch, type Hello, SampleQueue, VERSION } from '@intellimap/probe/wire';
import type { BuildFolder } from './build-folder.ts';
import { mapsOfBuild } from './build-maps.ts';
import { PageSegments } from './page-segments.ts';
import { type MapOf, StackPlaces } from './stack-places.ts';
import { shiftedNote, shiftOf, shiftWords } from './shift.ts';

/** Numbers of processes, where processes of a machine have none: Linux counts to 2^22. */
export const FIRST_PAGE = 10_000_000;

/** The file that says which session the thread is. */
export const SESSION_FILE = 'session.json';

export interface PageThreadOptions {
  runDir: string;
  /** Its place: a page has a process of its own, its workers are threads of it. */
  pid: number;
  tid: number;
  session: string;
  hello: Hello;
  build: BuildFolder;
  tier: string;
  /** µs of the machine's clock. */
  micros: () => number;
  mapOf?: MapOf | undefined;
}

export class PageThread {
  readonly #options: PageThreadOptions;
  readonly #segments: PageSegments;
  readonly #samples = new SampleQueue();
  readonly #begun = new Set<number>();
  readonly #places: StackPlaces;
  /** Of its last sample. */
  #micros = 0;

  /** @throws the file system's error */
  constructor(options: PageThreadOptions) {
    this.#options = options;
    const { runDir, pid, tid, session, hello, build, mapOf = mapsOfBuild(build.folder) } = options;
    this.#places = new StackPlaces(mapOf, () => build.all().map(({ path }) => path));
    const folder = join(runDir, 'threads', `${pid}-${tid}`);
    this.#segments = new PageSegments(folder);
    if (!existsSync(join(folder, SESSION_FILE)))
      writeFileSync(join(folder, SESSION_FILE), JSON.stringify({ session, hello }));
    if (this.#segments.isNew) this.#segments.header = this.#header();
  }

  /** The last batch that is kept; 0: none. */
  get kept(): number {
    return this.#segments.seq;
  }

  /** Keeps the next batch; one that is kept already is passed over. Returns whether it was new. */
  take({ head, words, values }: Batch): boolean {
    if (head.seq <= this.kept) return false;
    const segments = this.#segments;
    const { writer } = segments;
    segments.begin();
    for (const base of head.modules ?? []) this.#module(base);
    const { shift } = segments;
    for (const note of head.notes) writer.note(shiftedNote(this.#places.placed(note), shift));
    for (const [at, micros] of head.samples) this.#samples.add(at, (this.#micros = micros + shift));
    if (head.values) writer.values(head.values.from, [values], head.values.counts);
    shiftWords(words, shift);
    this.#words(words, head.at, head.lost);
    this.#counts(head.counts ?? []);
    if (head.end !== undefined) writer.end(head.end + shift, 0);
    segments.commit(head.seq);
    return true;
  }

  close(): void {
    this.#segments.close();
  }

  /** Modules that the page does not tell of, as its build was made without: all of them. */
  allModules(): void {
    for (const { base } of this.#options.build.all()) this.#module(base);
  }

  #words(words: Int32Array, at: number, lost: number): void {
    const { writer } = this.#segments;
    const { wordCount } = writer.stack;
    // Batches that never came.
    if (at > wordCount) {
      writer.lost += at - wordCount;
      writer.stack.wordCount = at;
      writer.stack.disown();
    }
    writer.lost = Math.max(writer.lost, lost);
    const taken = writer.events(words, 0, words.length, this.#samples.around(at, at + words.length));
    if (taken < words.length) writer.lost += words.length - taken;
    this.#samples.forget(at + words.length);
  }

  /** `[site, calls, …]`, in the order of sites. */
  #counts(counts: readonly number[]): void {
    const sites = counts.filter((_, index) => index % 2 === 0);
    const calls = counts.filter((_, index) => index % 2 === 1);
    this.#segments.writer.counts(sites, calls, sites.length, this.#micros);
  }

  #module(base: number): void {
    if (this.#begun.has(base)) return;
    this.#begun.add(base);
    const { build, runDir, pid, tid } = this.#options;
    const line = build.module(base);
    if (line === undefined) return;
    build.copyTable(line.key, runDir);
    mkdirSync(join(runDir, 'modules'), { recursive: true });
    appendFileSync(join(runDir, 'modules', `${pid}-${tid}.ndjson`), `${JSON.stringify(line)}\n`);
  }

  #header() {
    const { pid, tid, hello, tier, micros } = this.#options;
    const clock = shiftOf(hello, micros(), Date.now());
    return {
      version: VERSION,
      pid,
      ppid: 0,
      tid,
      name: nameOf(hello),
      browser: { kind: hello.kind, url: hello.url, agent: hello.agent },
      argv: [hello.url],
      execPath: hello.agent,
      node: '',
      tier,
      startMicros: clock.shift,
      startEpochMs: hello.origin,
      clock,
    };
  }
}

/** What people call it: `page /checkout`. */
function nameOf({ kind, url }: Hello): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return path === '' ? kind : `${kind} ${path}`;
}
