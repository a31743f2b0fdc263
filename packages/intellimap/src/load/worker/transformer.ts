/** The transformer worker: answers the questions of all threads of the process, one after the other. It prints nothing and keeps no process alive. */
import { workerData } from 'node:worker_threads';
import { movesToJson } from '../../transform/3-rewrite/moves.ts';
import { transform } from '../../transform/index.ts';
import { openJournal, type Journal } from '../journal.ts';
import {
  ABANDONED,
  Bell,
  free,
  Incoming,
  opened,
  openPost,
  Outgoing,
  type PostSlot,
  sealed,
  Slot,
  Turn,
} from '../post.ts';
import type { Answer, Question } from '../questions.ts';
import { nameIn } from '../scope.ts';
import type { TransformerData } from '../start-transformer.ts';
import { createInstrumenter, type Outcome } from './instrument.ts';
import { digestOf, Memory } from './memory.ts';
import { createSiteIds } from './site-ids.ts';
import { keepTable } from './site-tables.ts';

const { memory, settings, siteCounter } = workerData as TransformerData;
const { bell, slots } = openPost(memory);
const texts = new Memory();
const journals = new Map<string, Journal>();
const instrument = createInstrumenter({
  name: nameIn(settings.root),
  tier: settings.tier,
  siteIds: createSiteIds(siteCounter),
  transform,
  keepTable: (key, table) => keepTable(settings.runDir, key, table),
});

function instrumented({ from, ...module }: Question & { t: 'text' }, text: string): Outcome {
  const digest = digestOf(text, module);
  const known = texts.known(digest);
  const outcome = known ?? instrument(text, module);
  if (known === undefined) texts.keep(digest, outcome);
  const journal = journals.get(from) ?? openJournal(settings.runDir, from);
  journals.set(from, journal);
  for (const line of outcome.lines) journal.write(line.t === 'load' && known ? { ...line, ms: 0 } : line);
  return outcome;
}

function answerTo(question: Question, text: string): [answer: Answer, text: string] {
  if (question.t === 'text') {
    const outcome = instrumented(question, text);
    if (outcome.instrumented === undefined) return [{ t: 'nothing' }, ''];
    const { base, code } = outcome.instrumented;
    return [{ t: 'text', base }, code];
  }
  const found = 'site' in question ? texts.ofSite(question.site) : texts.atPath(question.path);
  if (found === undefined) return [{ t: 'nothing' }, ''];
  const { moves, ...rest } = found;
  return [{ t: 'moves', ...rest }, movesToJson(moves)];
}

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
      Atomics.add(bell, Bell.ANSWERED, 1);
    }
  }
  conversation.outgoing?.next(slot);
  Atomics.store(slot.fields, Slot.TURN, Turn.THREAD);
  Atomics.notify(slot.fields, Slot.TURN);
  free(bell, slot.fields, ABANDONED);
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

Atomics.store(bell, Bell.READY, 1);
run();
