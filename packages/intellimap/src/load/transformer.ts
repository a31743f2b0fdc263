/**
 * The transformer, as threads of the program see it: one worker a process instruments the texts of all of them, with a heap and
 * globals of its own. A thread asks and waits, because `require` does. Without an answer, the author's text runs.
 */
import { Incoming, opened, Outgoing, sealed } from './letters.ts';
import { Bell, giveBack, openPost, type PostSlot, Slot, takeSlot, Turn } from './post.ts';
import type { Answer, QuotedCall, InstrumentedText, ModuleText, Question } from './questions.ts';
import { movesFromJson } from '../transform/3-rewrite/moves.ts';

// Taken now: programs delete globals.
const { add, load, notify, store, wait } = Atomics;

/** A worker takes 30 ms to start, and a file some 0.4 s a million characters. On a busy machine both take much longer. */
const PATIENCE_MS = 15_000;
const PATIENCE_MS_A_BYTE = 0.01;
/** Between two looks whether the transformer still lives. */
const SLICE_MS = 100;

export interface Transformer {
  /** The text to run in place of this one; undefined: this one, and the recording says why. */
  instrument: (text: string, module: ModuleText) => { text: string; base: number } | undefined;
  /** How a text that runs in this process leads back to its author's: the one with a site, or the newest one of a path. */
  recall: (wanted: { path: string } | { site: number }) => InstrumentedText | undefined;
  /** A line (from 1) of the newest text of a path, as it was before; undefined: not kept. */
  line: (path: string, line: number) => string | undefined;
  /** What Node's `assert.ok` quotes of the author's text; undefined: nothing. */
  quote: (call: QuotedCall) => string | undefined;
}

/** No answer: the transformer ended or hangs, or could not be started. */
export class NoAnswer extends Error {}

export interface Asker {
  /** Of `postMemory`: the same in all threads of the process. */
  memory: SharedArrayBuffer;
  /** Names this thread in the recording, e.g. `4711-0` for a main thread and `4711-0h` for its hooks thread. */
  thread: string;
  tid: number;
  /** Makes sure that the transformer runs. */
  start: () => void;
}

export function createTransformer({ memory, thread, tid, start }: Asker): Transformer {
  const { bell, slots } = openPost(memory);

  /** Waits while a field has this value: as long as the transformer gets on, or may still be at work on one text. */
  const waitWhile = (fields: Int32Array, field: number, value: number): void => {
    let answered = load(bell, Bell.ANSWERED);
    let waited = 0;
    // Being woken says nothing: the other side sets the field and then wakes, and may be so late with that that it is the next wait which it wakes.
    while (load(fields, field) === value) {
      if (wait(fields, field, value, SLICE_MS) !== 'timed-out') continue;
      waited += SLICE_MS;
      if (load(bell, Bell.DEAD) === 1) throw new NoAnswer('the transformer ended');
      const now = load(bell, Bell.ANSWERED);
      if (now !== answered) waited = 0;
      answered = now;
      const patience = PATIENCE_MS + PATIENCE_MS_A_BYTE * load(bell, Bell.AT_WORK_ON);
      if (waited < patience) continue;
      store(bell, Bell.DEAD, 1);
      throw new NoAnswer('the transformer hangs');
    }
  };

  /** Hands over a page, and waits for the other side's. */
  const pass = ({ fields }: PostSlot): void => {
    store(fields, Slot.TURN, Turn.TRANSFORMER);
    add(bell, Bell.RING, 1);
    notify(bell, Bell.RING);
    waitWhile(fields, Slot.TURN, Turn.TRANSFORMER);
  };

  const freeSlot = (): PostSlot => {
    for (;;) {
      if (load(bell, Bell.DEAD) === 1) throw new NoAnswer('the transformer ended');
      const freed = load(bell, Bell.FREED);
      const slot = takeSlot(slots, tid);
      if (slot !== undefined) return slot;
      waitWhile(bell, Bell.FREED, freed);
    }
  };

  const exchange = (slot: PostSlot, question: Question, text: string): [Answer, string] => {
    const outgoing = new Outgoing(sealed(question, text, 2));
    do {
      outgoing.next(slot);
      pass(slot);
    } while (!outgoing.isDone);
    const incoming = new Incoming();
    for (;;) {
      const letter = incoming.next(slot);
      if (letter !== undefined) return opened<Answer>(letter);
      pass(slot);
    }
  };

  const ask = (question: Question, text = ''): [Answer, string] => {
    start();
    // A worker that Node itself started, before anything else was asked for.
    if (load(bell, Bell.STARTED) === 0) throw new NoAnswer('the transformer was not started');
    const slot = freeSlot();
    try {
      const answer = exchange(slot, question, text);
      if (answer[0].t === 'failed') throw new NoAnswer(answer[0].reason);
      return answer;
    } finally {
      giveBack(bell, slot);
    }
  };

  return {
    instrument(text, module) {
      const answer = ask({ ...module, t: 'text', from: thread }, text);
      return answer[0].t === 'text' ? { text: answer[1], base: answer[0].base } : undefined;
    },
    recall(wanted) {
      const answer = ask({ t: 'moves', ...wanted });
      return answer[0].t === 'moves' ? { ...answer[0], moves: movesFromJson(answer[1]) } : undefined;
    },
    line(path, line) {
      const answer = ask({ t: 'line', path, line });
      return answer[0].t === 'line' ? answer[1] : undefined;
    },
    quote(call) {
      const answer = ask({ t: 'call', ...call });
      return answer[0].t === 'call' ? answer[1] : undefined;
    },
  };
}
