/** One thread of a browser, recorded: when words are taken, and what goes with them. */
import { createTally, redactNote, type Redaction } from '../core/index.ts';
import { type BatchHead, encodeBatch, type Hello } from '../wire/batch.ts';
import { Control } from '../wire/ring.ts';
import type { Note } from '../wire/segment.ts';
import { createDrain, type Drain } from './drain.ts';
import { quietly } from './patch.ts';
import { clearTimer, micros, microsLow, randomHex, setTimer, utf8 } from './natives.ts';
import { createRing, type PageRing } from './ring.ts';
import { createSender } from './sender.ts';
import type { BrowserSettings } from './settings.ts';
import type { Turns } from './turns.ts';

/** Words that are worth a batch: 500 events and more. */
const BATCH_WORDS = 1 << 10;
/** What a long turn has come to: it is sent while the turn goes on. */
const LONG_WORDS = 1 << 15;
/** ms that a word waits at most, and that it waits when there is a batch of them. */
const PATIENCE_MS = 250;
const SOON_MS = 20;

/** What is told of the clocks to whom it says who it is. */
const FEW = 10;

const NO_VALUES = new Uint8Array(0);
const OFF = 2;

/** A batch before it is written down. */
export interface Draft {
  head: BatchHead;
  words: Int32Array;
}

export interface PageThread extends Pick<Drain, 'look' | 'module'> {
  readonly ring: PageRing;
  readonly session: string;
  /** Where the collector is. */
  url: () => string;
  turns: Pick<Turns, 'ask' | 'close' | 'split'> | undefined;
  /** Of a worker: hands a batch to its page, while nobody else can be reached. */
  handOn: ((draft: Draft) => void) | undefined;
  /** Looks for the collector. @param parent session of the page that it belongs to @param url where that sends */
  begin: (parent?: string, url?: string) => void;
  /** What was recorded so far leaves the thread: it may be ended at any moment. */
  handOver: () => void;
  /** A worker of this page hands a batch on. Their clocks are one, but that its began later. */
  relay: (draft: Draft) => void;
  /** Words, but for those of a turn that goes on, are taken soon. Called at the end of turns, and wherever there is something to tell. */
  soon: () => void;
  /** Something was recorded, perhaps in a turn that nobody told of. */
  late: () => void;
  /** Somebody reads what is recorded. */
  isOn: () => boolean;
  /** Whatever it says is shown as it may be. */
  note: (note: Note) => void;
  /** For a word that tells of something whose note has the same number. */
  number: () => number;
  /** Runs before a batch is made. */
  atTake: (act: () => void) => void;
  /** What there is to send is sent, if there is somebody to send it to. */
  flush: () => void;
  /** @param isEnd it does not come back */
  leave: (isEnd: boolean) => void;
}

const encoded = ({ head, words }: Draft): Uint8Array<ArrayBuffer> =>
  encodeBatch(head, words, NO_VALUES, utf8);

export function createThread(
  { build, collector, sites, token }: BrowserSettings,
  redaction: Redaction,
  about: Pick<Hello, 'kind' | 'url' | 'agent' | 'origin'>,
): PageThread {
  const session = randomHex(16);
  const hello: Hello = { build, ...about, clock: [] };
  const clock: [number, number, number][] = [];
  const beforeTake: (() => void)[] = [];
  let seq = 0;
  let numbers = 0;
  let timer = 0;
  let isSoon = false;
  /** Whether it has sent what it is to whom it speaks to now. */
  let isKnown = false;
  let first: Draft | undefined;

  /** Every CHECK_WORDS of the recorder. */
  const checked = (): void => {
    thread.late();
    drain.look();
    if (ring.isFull()) {
      if (!sender.isFull()) take();
    } else if (ring.waiting() >= LONG_WORDS) offer();
    else thread.soon();
  };
  const ring = createRing(sites, checked);
  const drain = createDrain(ring, sites);
  const tally = createTally(redaction, drain.note);
  const sender = createSender({
    collector,
    // What is known of the clocks later is evidence, and changes no time.
    told(sent, at, got) {
      if (isKnown) thread.note({ t: 'clock', sent, at, got });
      if (clock.length === FEW) clock.shift();
      clock.push([sent, at, got]);
    },
    ready: () => thread.soon(),
    // Nothing is recorded from here on.
    refused() {
      ring.control[Control.QUIET] = 1;
      ring.gates.fill(OFF);
    },
    introduction: () => ({ session, token, hello: { ...hello, clock } }),
  });

  const offer = (): void => {
    if (sender.isTuned && !sender.isFull()) take();
  };
  /** @param isEnd nothing more comes */
  const take = (isEnd?: boolean): void => {
    beforeTake.forEach(quietly);
    if (!thread.isOn()) return;
    tally();
    const { words, ...taken } = drain.take();
    const head: BatchHead = {
      session,
      seq: ++seq,
      token,
      hello: isKnown ? undefined : { ...hello, clock },
      ...taken,
      end: isEnd ? micros() : undefined,
    };
    isKnown = true;
    // What is written from here on is written over these.
    const draft = thread.handOn && !sender.isOpen() ? { head, words: words.slice() } : undefined;
    sender.send(seq, encoded({ head, words }));
    if (!draft) return;
    if (head.hello) first = draft;
    thread.handOn!(draft);
  };

  const thread: PageThread = {
    ring,
    session,
    url: () => sender.url,
    turns: undefined,
    handOn: undefined,
    look: drain.look,
    module(base, count) {
      drain.module(base, count);
      thread.soon();
    },
    begin(parent, url) {
      hello.parent = parent;
      sender.url = url ?? sender.url;
      if (first) {
        first.head.hello!.parent = parent;
        sender.replace(first.head.seq, encoded(first));
      }
      first = undefined;
      sender.begin();
    },
    handOver() {
      if (thread.handOn && !sender.isOpen()) take();
    },
    relay(draft) {
      const { hello: its } = draft.head;
      if (its) {
        const later = Math.floor((its.origin - hello.origin) * 1000);
        its.parent = session;
        its.clock = clock.map(([sent, at, got]) => [sent, at + later, got]);
      }
      sender.relay(encoded(draft));
    },
    soon() {
      const isBatch = ring.waiting() >= BATCH_WORDS;
      if (timer && (isSoon || !isBatch)) return;
      clearTimer(timer);
      isSoon = isBatch;
      timer = setTimer(thread.flush, isBatch ? SOON_MS : PATIENCE_MS);
    },
    late() {
      ring.control[Control.WRITTEN_TO] = microsLow();
      // The stack may be full.
      quietly(() => thread.turns?.ask());
    },
    isOn: () => ring.control[Control.QUIET] === 0,
    note(note) {
      if (!thread.isOn()) return;
      drain.note(redactNote(note, redaction));
      thread.soon();
    },
    number: () => ++numbers,
    atTake(act) {
      beforeTake.push(act);
    },
    flush() {
      // Nobody may be there yet to whom it is offered: then it is asked for again.
      clearTimer(timer);
      timer = 0;
      thread.turns?.close();
      offer();
    },
    leave(isEnd) {
      thread.turns?.close();
      take(isEnd);
      sender.leave();
    },
  };
  drain.look();
  return thread;
}
