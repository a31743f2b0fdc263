/**
 * The transformer worker: answers the questions of all threads of the process, one after the other. It prints nothing and keeps no process
 * alive. What answers is loaded apart, for it may fail: the parser is native, and Node's permissions or the platform may not allow it.
 */
import { createRequire } from 'node:module';
import { workerData } from 'node:worker_threads';
import { Incoming, opened, Outgoing, sealed } from '../letters.ts';
import { Bell, openPost, type PostSlot, returnTurn, Slot, Turn } from '../post.ts';
import type { Answer, Question } from '../questions.ts';
import type { TransformerData } from '../start-transformer.ts';
import type { answersFor, AnswerTo } from './answers.ts';

const data = workerData as TransformerData;
const { bell, slots } = openPost(data.memory);

/** Bundled beside this file. */
const ANSWERS = './answers.cjs';

function loadAnswers(): AnswerTo {
  try {
    const module = createRequire(import.meta.url)(ANSWERS) as { answersFor: typeof answersFor };
    return module.answersFor(data);
  } catch (error) {
    const reason = `the parser could not be loaded: ${(error as Error).message.split('\n')[0]}`;
    return () => [{ t: 'failed', reason }, ''];
  }
}

const answerTo = loadAnswers();

function replyTo(letter: Buffer): Buffer {
  try {
    const [answer, text] = answerTo(...opened<Question>(letter));
    return sealed(answer, text, /[^\0-\u00ff]/.test(text) ? 2 : 1);
  } catch (error) {
    return sealed({ t: 'failed', reason: (error as Error).message } satisfies Answer, '', 1);
  }
}

/** A slot in use. */
interface Conversation {
  serial: number;
  incoming: Incoming;
  outgoing?: Outgoing;
}

const conversations: Conversation[] = [];

function move(slot: PostSlot, at: number): void {
  const serial = Atomics.load(slot.fields, Slot.SERIAL);
  // Whoever had the slot before may have ended in the middle of a letter.
  if (conversations[at]?.serial !== serial) conversations[at] = { serial, incoming: new Incoming() };
  const conversation = conversations[at];
  if (conversation.outgoing === undefined) {
    const letter = conversation.incoming.next(slot);
    if (letter !== undefined) {
      Atomics.store(bell, Bell.AT_WORK_ON, letter.length);
      conversation.outgoing = new Outgoing(replyTo(letter));
      Atomics.store(bell, Bell.AT_WORK_ON, 0);
      Atomics.add(bell, Bell.ANSWERED, 1);
    }
  }
  conversation.outgoing?.next(slot);
  returnTurn(bell, slot);
}

function run(): never {
  for (;;) {
    const rung = Atomics.load(bell, Bell.RING);
    slots.forEach((slot, at) => {
      if (Atomics.load(slot.fields, Slot.TURN) === Turn.TRANSFORMER) move(slot, at);
    });
    Atomics.wait(bell, Bell.RING, rung);
  }
}

run();
