/** One thread of a browser, as a thread of a run. I/O: its segments, and the list of its modules. */
import { join } from 'node:path';
import { type Batch, type Hello, type Note, SampleQueue, VERSION } from '@intellimap/probe/wire';
import type { BuildFolder } from './build-folder.ts';
import { mapsOfBuild } from './build-maps.ts';
import { ModuleList } from './module-list.ts';
import { PageSegments } from './page-segments.ts';
import { Refusal } from './refusal.ts';
import { type MapOf, StackPlaces } from './stack-places.ts';
import { shiftedNote, shiftOf, shiftWords } from './shift.ts';

export interface PageThreadOptions {
  runDir: string;
  /** Its place: a page has a process of its own, its workers are threads of it. `threads/<pid>-<tid>` is there. */
  pid: number;
  tid: number;
  hello: Hello;
  /** What it told before its first batch here is in another run, and no loss. */
  isLate: boolean;
  build: BuildFolder;
  tier: string;
  /** µs of the machine's clock. */
  micros: () => number;
  mapOf?: MapOf | undefined;
  redact: (note: Note) => Note;
}

/** What a batch added. */
export interface Added {
  words: number;
  events: number;
  lost: number;
}

const NOTHING: Added = { words: 0, events: 0, lost: 0 };

export class PageThread {
  readonly #options: PageThreadOptions;
  readonly #segments: PageSegments;
  readonly #samples = new SampleQueue();
  readonly #modules: ModuleList;
  readonly #places: StackPlaces;
  /** Of its last sample. */
  #micros = 0;
  #at = 0;

  /** @throws the file system's error */
  constructor(options: PageThreadOptions) {
    this.#options = options;
    const { runDir, pid, tid, isLate, build, mapOf = mapsOfBuild(build.folder) } = options;
    this.#places = new StackPlaces(mapOf, () => build.all().map(({ path }) => path));
    this.#segments = new PageSegments(join(runDir, 'threads', `${pid}-${tid}`));
    // Of a late one nobody knows which modules began before.
    const areTold = build.tellsModules && !isLate;
    this.#modules = new ModuleList(build, runDir, `${pid}-${tid}`, areTold);
    if (this.#segments.isNew) this.#segments.header = this.#header();
  }

  /** The last batch that is kept; 0: none. */
  get kept(): number {
    return this.#segments.seq;
  }

  /** It has said that nothing more comes. */
  get hasEnded(): boolean {
    return this.#segments.hasEnded;
  }

  /**
   * Keeps the next batch; one that is kept already is passed over. Returns what that added.
   * @throws Refusal: it does not fit. The file system's error: nothing of it counts, and this object is of no use any more
   */
  take({ head, words, values }: Batch): Added {
    const segments = this.#segments;
    const { writer } = segments;
    const { stack } = writer;
    if (head.seq <= this.kept) return NOTHING;
    if (head.at < stack.wordCount)
      throw new Refusal(400, `its words are told again: ${head.at} comes before ${stack.wordCount}`);
    if (this.kept === 0 && this.#options.isLate) {
      segments.goTo(head.at);
      segments.dropped = head.lost;
    }
    const before = { events: stack.eventCount, lost: writer.lost };
    segments.begin();
    this.#modules.begin(head.modules);
    const { shift } = segments;
    const { redact } = this.#options;
    for (const note of head.notes) writer.note(redact(shiftedNote(this.#places.placed(note), shift)));
    for (const [at, micros] of head.samples) this.#sample(at, Math.max(0, micros + shift));
    if (head.values) writer.values(head.values.from, [values], head.values.counts);
    shiftWords(words, shift);
    this.#words(words, head.at, head.lost);
    this.#counts(head.counts ?? []);
    if (head.end !== undefined) writer.end(Math.max(0, head.end + shift), 0);
    segments.commit(head.seq);
    if (head.end !== undefined) segments.hasEnded = true;
    return {
      words: words.length,
      events: stack.eventCount - before.events,
      lost: writer.lost - before.lost,
    };
  }

  /** Gives its files back; it may go on. */
  close(): void {
    this.#segments.close();
  }

  /** Positions never go back, which a frame could not hold. */
  #sample(at: number, micros: number): void {
    if (at < this.#at) return;
    this.#samples.add((this.#at = at), (this.#micros = micros));
  }

  #words(words: Int32Array, at: number, dropped: number): void {
    const segments = this.#segments;
    const { writer } = segments;
    const { stack } = writer;
    // Of batches that never came.
    const missing = at - stack.wordCount;
    segments.goTo(at);
    writer.lost += missing + Math.max(0, dropped - segments.dropped);
    segments.dropped = Math.max(segments.dropped, dropped);
    const end = at + words.length;
    const taken = writer.events(words, 0, words.length, this.#samples.around(at, end));
    // An event that is cut off.
    writer.lost += words.length - taken;
    segments.goTo(end);
    this.#samples.forget(end);
  }

  /** `[site, calls, …]`, in the order of sites. */
  #counts(counts: readonly number[]): void {
    const sites = counts.filter((_, index) => index % 2 === 0);
    const calls = counts.filter((_, index) => index % 2 === 1);
    this.#segments.writer.counts(sites, calls, sites.length, this.#micros);
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
      browser: {
        kind: hello.kind,
        url: hello.url,
        agent: hello.agent,
        // Its page, whose process it is in.
        ...(hello.parent !== undefined && { parent: { pid, tid: 0 } }),
      },
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
