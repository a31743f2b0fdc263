/** One thread's segment files → its replay. I/O and damage live here; the replay itself is pure. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  COLLECT_PATH,
  decodeEvents,
  type EventsFrame,
  type Keyframe,
  type Note,
  type Part,
  readSegment,
  type SegmentHeader,
  type Totals,
} from '@intellimap/probe/wire';
import { ExitCode, Fault } from '../base/fault.ts';
import { EventNotes } from './event-notes.ts';
import { loadOf } from './measured-notes.ts';
import { PageNotes } from './page-notes.ts';
import type { ProcessMap } from './program-sites.ts';
import type { Collection } from './replay/pauses.ts';
import { SiteEdges } from './site-edges.ts';
import { type RunSinks, ThreadReplay } from './replay/thread.ts';
import type { ThreadFolder } from './run-folder.ts';
import { type PictureNote, pictureOf } from './picture-rows.ts';
import {
  begunResourceOf,
  collectionsIn,
  type CostNote,
  costOf,
  type ErrorText,
  errorTextOf,
  isFullStack,
  isPrimitive,
  endedResourceOf,
  type GatesNote,
  gatesOf,
  type LeftOut,
  leftOutOf,
  numberOf,
  type RateNote,
  rateOf,
  taskNoteOf,
  textOf,
  type UncaughtNote,
  uncaughtOf,
} from './thread-notes.ts';

export interface SegmentFacts {
  name: string;
  bytes: number;
  frames: number;
  damaged: number;
  /** µs of the machine's clock; NaN: nothing timed. */
  certainUntil: number;
}

/** Where words are: what `frames` has rows of. Times in µs of the machine's clock, NaN where none is known. */
export interface FramePlace {
  segment: string;
  at: number;
  bytes: number;
  firstWord: number;
  words: number;
  firstCall: number;
  calls: number;
  from: number;
  to: number;
}

/** What a thread's files say, beside what went to the sinks. */
export interface ThreadResult {
  number: number;
  pid: number;
  tid: number;
  header: SegmentHeader | null;
  replay: ThreadReplay;
  segments: SegmentFacts[];
  frames: FramePlace[];
  /** Number of an error's text → the text. */
  errorTexts: Map<number, ErrorText>;
  /** What a page tells beside its calls. */
  page: PageNotes;
  /** What the program itself says has happened. */
  events: EventNotes;
  uncaught: UncaughtNote[];
  gates: GatesNote[];
  costs: CostNote[];
  /** What sampling left out. */
  leftOut: LeftOut;
  /** Another share of the tasks was kept from then on. */
  rates: RateNote[];
  /** When a flight recorder kept what it held, and why. */
  keeps: { micros: number; reason: string }[];
  /** Pictures of what a scenario saw. */
  pictures: PictureNote[];
  /** Words that it let go. */
  letGo: number;
  /** Events that the thread wrote, where some of them were let go after the last that was kept; else 0. */
  eventsTotal: number;
  /** Site → times passed (counts of a minimal run). */
  counts: Map<number, number>;
  /** Calls counted by caller and callee (tier `edges`): sites; caller 0: none. */
  edges: SiteEdges;
  /** Calls of these whose caller is not known: there was no room for more edges. */
  edgeless: number;
  /** Notes for which there was no room. */
  notesLost: number;
  /** See `Values.counts`. */
  valueCounts: readonly number[];
  /** µs that the thread waited for the recorder, as its end says: its words may have been let go. */
  stalled: number;
  ended: boolean;
  lost: number;
  lastMicros: number;
}

type Told = Pick<Totals, 'words' | 'calls' | 'events'>;

/** Reads the files of one thread, segment by segment. Damaged bytes are counted, a file that cannot be read is one damaged segment. */
export class ThreadReader {
  /** So far; all after `finish`. */
  readonly result: ThreadResult;
  private readonly replay: ThreadReplay;
  /** Words that the next frame must begin at. */
  private nextWord = 0;
  /** Something unreadable lies before the next frame. */
  private damage = false;
  private keyframe: Keyframe | null = null;
  /** What the thread itself had counted when it last said so. */
  private told: Told = { words: 0, calls: 0, events: 0 };
  private facts: SegmentFacts | null = null;
  /** Of a page: the row of its own load is there. */
  private isLoaded = false;

  constructor(number: number, { pid, tid }: ThreadFolder, sites: ProcessMap, sinks: RunSinks) {
    this.replay = new ThreadReplay(number, sites, sinks);
    this.result = {
      number,
      pid,
      tid,
      header: null,
      replay: this.replay,
      segments: [],
      frames: [],
      errorTexts: new Map(),
      page: new PageNotes(),
      events: new EventNotes(),
      uncaught: [],
      gates: [],
      costs: [],
      leftOut: { tasks: 0, partly: 0, words: 0, events: 0, timed: 0 },
      rates: [],
      keeps: [],
      pictures: [],
      letGo: 0,
      eventsTotal: 0,
      counts: new Map(),
      edges: new SiteEdges(),
      edgeless: 0,
      notesLost: 0,
      valueCounts: [],
      stalled: 0,
      ended: false,
      lost: 0,
      lastMicros: NaN,
    };
  }

  /**
   * @param from the byte to go on at, where the segment was begun before
   * @param onPart told after each part where the next one begins
   * @throws Fault when it was written by a newer version.
   */
  segment(
    folder: string,
    name: string,
    isLast: boolean,
    from = 0,
    onPart: (next: number) => void = () => {},
  ): void {
    let bytes: Uint8Array | undefined;
    try {
      bytes = readFileSync(join(folder, name));
    } catch {
      // Told below.
    }
    if (from === 0) this.#begin(name, bytes?.length ?? 0);
    if (bytes === undefined) return this.#damaged();
    for (const part of readSegment(bytes, from)) {
      // A writer killed in the middle of a frame: that is where the recording ends, and nothing in it is damaged.
      if (part.type !== 'truncated' || !isLast) this.#part(part);
      onPart(part.to);
    }
    const { facts } = this;
    if (facts?.damaged === 0) facts.certainUntil = this.#certain();
  }

  #begin(name: string, bytes: number): void {
    this.facts = { name, bytes, frames: 0, damaged: 0, certainUntil: this.#certain() };
    this.result.segments.push(this.facts);
  }

  /** Garbage collections: their notes come after the words of their time, so they are looked for before. */
  collections(folder: string, thread: ThreadFolder): void {
    this.replay.collections(collectionsOf(folder, thread));
  }

  /** After the last segment. */
  finish(): ThreadResult {
    const result = this.result;
    if (this.damage) this.replay.gaps++;
    else if (result.header?.flight !== undefined) this.#letGoTo(this.told);
    this.replay.finish(this.#last());
    result.lost = Math.max(result.lost, this.replay.lost);
    result.lastMicros = this.#last();
    return result;
  }

  #last(): number {
    const { last } = this.replay.clock;
    return Number.isNaN(last)
      ? this.result.lastMicros
      : Math.max(last, Number.isNaN(this.result.lastMicros) ? 0 : this.result.lastMicros);
  }

  /** Nothing is missing up to here, but for what gaps say. */
  #certain(): number {
    const { certain } = this.replay.clock;
    return this.result.ended || Number.isNaN(certain) ? this.#last() : certain;
  }

  #damaged(): void {
    const facts = this.facts!;
    if (facts.damaged++ === 0) facts.certainUntil = this.#certain();
    this.damage = true;
  }

  #part(part: Part): void {
    if (part.type !== 'damaged' && part.type !== 'truncated' && part.type !== 'newer') this.facts!.frames++;
    switch (part.type) {
      case 'header':
        this.result.header ??= part.header;
        return;
      case 'keyframe':
        this.keyframe = part.keyframe;
        this.told = part.keyframe;
        return;
      case 'events':
        return this.#events(part);
      case 'counts':
        for (let k = 0; k < part.counts.sites.length; k++) {
          const site = part.counts.sites[k];
          this.result.counts.set(site, (this.result.counts.get(site) ?? 0) + part.counts.deltas[k]);
        }
        return this.#seenUntil(part.counts.micros);
      case 'edges':
        this.result.edges.add(part.edges);
        this.result.edgeless += part.edges.roomless;
        return this.#seenUntil(part.edges.micros);
      case 'values':
        this.result.valueCounts = part.values.counts;
        return this.replay.texts(part.values);
      case 'note':
        return this.#note(part.note);
      case 'end':
        this.result.ended = true;
        this.result.lost = Math.max(this.result.lost, part.totals.lost);
        this.result.stalled = numberOf(part.totals.stalled) || 0;
        this.told = part.totals;
        return this.#seenUntil(part.totals.micros);
      case 'damaged':
      case 'truncated':
        return this.#damaged();
      case 'newer':
        throw new Fault(
          ExitCode.UNREADABLE,
          `${this.facts!.name}: ${part.advice.split(':')[0]}`,
          'Update intellimap to read it.',
        );
    }
  }

  #seenUntil(micros: number): void {
    this.result.lastMicros = Math.max(
      micros,
      Number.isNaN(this.result.lastMicros) ? 0 : this.result.lastMicros,
    );
  }

  #events({ frame, from: at, to: end }: Extract<Part, { type: 'events' }>): void {
    // The thread went on after its END.
    this.result.ended = false;
    this.result.lost = Math.max(this.result.lost, frame.lost);
    if (this.damage || frame.firstWord !== this.nextWord) this.#gap(frame);
    this.nextWord = frame.firstWord + frame.words;
    const { clock } = this.replay;
    const from = clock.last;
    this.replay.frame(frame.firstWord, frame.words, frame.stack);
    try {
      decodeEvents(frame, (words, count) => {
        this.replay.feed(words.subarray(0, count), { position: frame.sampleAt, time: frame.sampleMicros });
      });
    } catch {
      return this.#damaged();
    }
    const { firstWord, words, firstCall, calls } = frame;
    const { name: segment } = this.facts!;
    const place = { segment, at, bytes: end - at, firstWord, words, firstCall, calls, from, to: clock.last };
    this.result.frames.push(place);
  }

  /** What came after the last keep is not there: calls that were open then have ended, or not, nobody knows. */
  #letGoTo({ words, calls, events }: Told): void {
    if (words <= this.nextWord) return;
    this.result.letGo += words - this.nextWord;
    this.result.eventsTotal = events;
    this.replay.gap(undefined, calls, true);
  }

  #gap(frame: EventsFrame): void {
    const letGo = !this.damage && this.result.header?.flight !== undefined;
    if (letGo) this.result.letGo += frame.firstWord - this.nextWord;
    this.replay.gap(frame.stack, frame.firstCall, letGo);
    if (this.keyframe !== null && this.keyframe.words === frame.firstWord)
      this.replay.knownFrames(this.keyframe.open);
    this.damage = false;
  }

  #note(note: Note): void {
    const { uncaught } = this.result;
    if (note.t === 'error') this.#errorText(note);
    else if (note.t === 'uncaught') uncaught.push(uncaughtOf(note));
    else if (note.t === 'kept')
      this.result.keeps.push({ micros: numberOf(note['micros']), reason: textOf(note['reason']) });
    else if (note.t === 'gates') this.result.gates.push(gatesOf(note));
    else if (note.t === 'cost') this.result.costs.push(costOf(note));
    else if (note.t === 'sampling') this.result.leftOut = leftOutOf(note);
    else if (note.t === 'resource') this.#resource(note);
    else if (note.t === 'event') this.result.events.take(note, (id, asker) => this.replay.asks(id, asker));
    else if (note.t === 'entry') this.#measured(note);
    else if (this.result.page.take(note)) return;
    else if (note.t === 'notes lost') this.result.notesLost = numberOf(note['count']) || 0;
    else if (note.t === 'rate') this.result.rates.push(rateOf(note));
    else if (note.t === 'picture')
      this.result.pictures.push(pictureOf(note, (id) => this.replay.declaredTask(id)));
    else if (note.t === 'gone') this.replay.abandonTask(numberOf((note as { id?: unknown }).id));
    else if (note.t === 'task')
      this.replay.describeTask(Number((note as { id?: unknown }).id), taskNoteOf(note));
  }

  /** Comes before the words that refer to it. */
  #errorText(note: Note): void {
    const { id } = note as unknown as { id: number };
    const text = errorTextOf(note);
    this.result.errorTexts.set(id, text);
    if (isPrimitive(text)) this.replay.addPrimitive(id);
    if (isFullStack(text)) this.replay.addFullStack(id);
  }

  #resource(note: Note): void {
    const begun = begunResourceOf(note);
    // What the recorder of another build sends from the same page: it found natives that were replaced already.
    if (this.result.header?.browser && begun?.url.endsWith(COLLECT_PATH)) return;
    if (begun === undefined) {
      const id = numberOf((note as { id?: unknown }).id);
      const end = endedResourceOf(note);
      // A browser tells when it ends.
      if (this.result.header?.browser && Number.isNaN(end.took)) this.replay.resourceHalf(id, end);
      else this.replay.resourceEnded(id, end);
    } else if (!Number.isNaN(begun.id + begun.start)) this.replay.resource(begun);
  }

  /** A browser tells of its own loads when they are over, of the page itself before that, too. */
  #measured(note: Note): void {
    this.result.page.take(note);
    const load = loadOf(note);
    if (load === undefined) return;
    const { of, begun, ended } = load;
    if (of !== undefined) return this.replay.resourceHalf(of, ended, begun.start);
    if (begun.kind === 'other' && this.replay.stream(begun, ended)) return;
    if (begun.kind === 'navigation' && this.isLoaded) return;
    if (begun.kind === 'navigation') this.isLoaded = true;
    this.replay.resource(begun);
    this.replay.resourceEnded(begun.id, ended);
  }
}

/** What notes of the thread say about garbage collections: `[start µs, duration µs, kind]` each. */
function collectionsOf(folder: string, { segments }: ThreadFolder): Collection[] {
  const found: Collection[] = [];
  for (const name of segments) {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(join(folder, name));
    } catch {
      continue;
    }
    for (const part of readSegment(bytes))
      if (part.type === 'note' && part.note.t === 'gc') found.push(...collectionsIn(part.note['pauses']));
  }
  return found;
}
