/** One thread of a browser, recorded: when words are taken, and what goes with them. */
import type { Recorder } from '../core/record.ts';
import { createTally, redactNote, type Redaction } from '../core/index.ts';
import { type BatchHead, encodeBatch, type Hello } from '../wire/batch.ts';
import { Control, type Ring } from '../wire/ring.ts';
import type { Note } from '../wire/segment.ts';
import { PageDrain } from './drain.ts';
import { quietly } from './patch.ts';
import { clearTimer, micros, randomHex, setTimer, utf8 } from './natives.ts';
import { Sender } from './sender.ts';
import type { BrowserSettings } from './settings.ts';
import type { Turns } from './turns.ts';

/** Words that are worth a batch: 500 events and more. */
const BATCH_WORDS = 1 << 10;
/** What a long turn has come to: it is sent while the turn goes on. */
const LONG_WORDS = 1 << 15;
/** ms that a word waits at most, and that it waits when there is a batch of them. */
const PATIENCE_MS = 250;
const SOON_MS = 20;

const NO_VALUES = new Uint8Array(0);
const OFF = 2;

/** A batch before it is written down. */
export interface Draft {
  head: BatchHead;
  words: Int32Array;
}

const encoded = ({ head, words }: Draft): Uint8Array<ArrayBuffer> =>
  encodeBatch(head, words, NO_VALUES, utf8);

export class PageThread {
  readonly ring: Ring;
  readonly session: string = randomHex(16);
  readonly #settings: BrowserSettings;
  readonly #drain: PageDrain;
  readonly #sender: Sender;
  readonly #hello: Omit<Hello, 'clock'>;
  readonly #clock: [number, number, number][] = [];
  #seq = 0;
  #numbers = 0;
  #timer = 0;
  #isSoon = false;
  /** Whether it has sent what it is to whom it speaks to now. */
  #isKnown = false;
  settle: Recorder['settle'] = () => false;
  turns: Pick<Turns, 'ask' | 'close' | 'split'> | undefined;
  readonly #beforeTake: (() => void)[] = [];
  /** Of a worker: hands a batch to its page, while nobody else can be reached. */
  handOn: ((draft: Draft) => void) | undefined;
  #first: Draft | undefined;
  readonly #redaction: Redaction;
  readonly #tally: () => void;

  constructor(settings: BrowserSettings, ring: Ring, redaction: Redaction, hello: Omit<Hello, 'clock'>) {
    this.#redaction = redaction;
    this.#tally = createTally(redaction, (note) => this.#drain.note(note));
    this.#settings = settings;
    this.ring = ring;
    this.#hello = hello;
    this.#drain = new PageDrain(ring);
    this.#drain.upTo(settings.sites);
    this.#sender = new Sender({
      collector: settings.collector,
      told: (sent, at, got) => this.#told(sent, at, got),
      ready: () => this.soon(),
      refused: () => this.#stop(),
    });
    this.#drain.look();
  }

  get build(): string {
    return this.#settings.build;
  }

  /** Where the collector is. */
  get url(): string {
    return this.#sender.url;
  }

  /** Looks for the collector. @param parent session of the page that it belongs to @param url where that sends */
  begin(parent?: string, url?: string): void {
    this.#hello.parent = parent;
    this.#sender.url = url ?? this.url;
    const first = this.#first;
    if (first?.head.hello !== undefined) {
      first.head.hello.parent = parent;
      this.#sender.replace(first.head.seq, encoded(first));
    }
    this.#first = undefined;
    this.#sender.begin();
  }

  /** What was recorded so far leaves the thread: it may be ended at any moment. */
  handOver(): void {
    if (!this.#sender.isOpen && this.handOn !== undefined) this.#take(false);
  }

  /** A worker of this page hands a batch on. Their clocks are one, but that its began later. */
  relay(draft: Draft): void {
    const { hello } = draft.head;
    if (hello) {
      const later = Math.floor((hello.origin - this.#hello.origin) * 1000);
      hello.parent = this.session;
      hello.clock = this.#clock.map(([sent, at, got]) => [sent, at + later, got]);
    }
    this.#sender.post(encoded(draft), false);
  }

  /** Words, but for those of a turn that goes on, are taken soon. Called at the end of turns, and wherever there is something to tell. */
  soon(): void {
    const isBatch = this.#drain.waiting >= BATCH_WORDS;
    if (this.#timer !== 0 && (this.#isSoon || !isBatch)) return;
    clearTimer(this.#timer);
    this.#isSoon = isBatch;
    this.#timer = setTimer(() => this.flush(), isBatch ? SOON_MS : PATIENCE_MS);
  }

  /** Every CHECK_WORDS of the recorder. */
  checked(): void {
    this.late();
    this.#drain.look();
    if (this.#drain.waiting >= LONG_WORDS) this.#offer();
    else this.soon();
  }

  /** Something was recorded, perhaps in a turn that nobody told of. */
  late(): void {
    // The stack may be full.
    quietly(() => this.turns?.ask());
  }

  look(): void {
    this.#drain.look();
  }

  /** All chunks are full: they are read now, unless too much waits already. */
  makeRoom(): boolean {
    if (this.#sender.isFull) return false;
    this.#take(false);
    return true;
  }

  /** Somebody reads what is recorded. */
  get isOn(): boolean {
    return this.ring.control[Control.QUIET] === 0;
  }

  /** Whatever it says is shown as it may be. */
  note(note: Note): void {
    if (!this.isOn) return;
    this.#drain.note(redactNote(note, this.#redaction));
    this.soon();
  }

  /** For a word that tells of something whose note has the same number. */
  number(): number {
    return ++this.#numbers;
  }

  /** Runs before a batch is made. */
  atTake(act: () => void): void {
    this.#beforeTake.push(act);
  }

  module(base: number, count: number): void {
    this.#drain.module(base, count);
    this.soon();
  }

  /** What there is to send is sent, if there is somebody to send it to. */
  flush(): void {
    this.turns?.close();
    this.#offer();
  }

  #offer(): void {
    if (this.#sender.isTuned && !this.#sender.isFull) this.#take(false);
  }

  /** What is known of the clocks later is evidence, and changes no time. */
  #told(sent: number, at: number, got: number): void {
    if (this.#isKnown) this.note({ t: 'clock', sent, at, got });
    else this.#clock.push([sent, at, got]);
  }

  /** @param isEnd nothing more comes */
  #take(isEnd: boolean): void {
    for (const act of this.#beforeTake) quietly(act);
    clearTimer(this.#timer);
    this.#timer = 0;
    if (!this.isOn) return;
    this.#tally();
    const { words, ...head } = this.#drain.take();
    this.settle();
    const hello = this.#isKnown ? undefined : { ...this.#hello, clock: this.#clock };
    this.#isKnown = true;
    const seq = ++this.#seq;
    const { session } = this;
    const { token } = this.#settings;
    const end = isEnd ? { end: micros() } : {};
    const whole = { session, seq, token, ...(hello && { hello }), ...head, ...end };
    this.#sender.send(seq, encoded({ head: whole, words }));
    if (this.handOn === undefined || this.#sender.isOpen) return;
    // The drain's own are written over by the next batch.
    const draft = { head: whole, words: words.slice() };
    if (hello) this.#first = draft;
    this.handOn(draft);
  }

  /** @param isEnd it does not come back */
  leave(isEnd: boolean): void {
    this.turns?.close();
    this.#take(isEnd);
    this.#sender.leave();
  }

  /** Nobody wants it: nothing is recorded from here on. */
  #stop(): void {
    this.ring.control[Control.QUIET] = 1;
    this.ring.gates.fill(OFF);
  }
}
