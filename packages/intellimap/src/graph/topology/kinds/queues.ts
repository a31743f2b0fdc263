import { childAt, Field } from '../../tree/tree.ts';
import { type Draft, given } from '../draft.ts';
import { filesNamed } from '../files.ts';
import type { ThingKind } from '../kind.ts';
import { shown } from '../paths.ts';
import type { Site } from '../site.ts';
import { heldAs } from './emitters.ts';
import { keyOf } from '../values/made.ts';
import { HOLE, propertyTexts } from '../values/texts.ts';

interface Use {
  /** What is called. */
  target: RegExp;
  made: string;
  does: 'sends' | 'handles';
  /** Where the queue is named: an argument, a property of the first one; `made`: where the receiver is made; `held`: by what holds it; `here`: by what holds what is made here; `subscribed`. */
  queue: number | string;
  /** Argument that handles, or property of the first one. */
  handler?: number | readonly string[];
  /** Argument that says which job. */
  label?: number;
}

const AMQP = String.raw`amqplib(?:\.connect\(\))?\.create(?:Confirm)?Channel\(\)`;
const AMQP_OPEN = String.raw`amqplib\.connect\(\)\.create(?:Confirm)?Channel\(\)`;
const REDIS = String.raw`(?:redis\.createClient|ioredis(?:\.Redis)?)\(\)(?:\.duplicate\(\))?`;

/** A package is a line or some. */
const USES: readonly Use[] = [
  { target: /^bullmq\.Queue\(\)\.(?:add|addBulk)$/, made: 'bullmq', does: 'sends', queue: 'made', label: 0 },
  { target: /^bullmq\.Worker$/, made: 'bullmq', does: 'handles', queue: 0, handler: 1 },
  { target: /^bull\(\)\.add$/, made: 'bull', does: 'sends', queue: 'made' },
  { target: /^bull\(\)\.process$/, made: 'bull', does: 'handles', queue: 'made', handler: -1 },
  { target: /^bee-queue\(\)\.createJob$/, made: 'bee-queue', does: 'sends', queue: 'made' },
  { target: /^bee-queue\(\)\.process$/, made: 'bee-queue', does: 'handles', queue: 'made', handler: -1 },
  { target: new RegExp(`^(?:${AMQP}|${AMQP_OPEN})\\.sendToQueue$`), made: 'amqplib', does: 'sends', queue: 0 },
  { target: new RegExp(`^(?:${AMQP}|${AMQP_OPEN})\\.publish$`), made: 'amqplib', does: 'sends', queue: 0, label: 1 },
  { target: new RegExp(`^(?:${AMQP}|${AMQP_OPEN})\\.consume$`), made: 'amqplib', does: 'handles', queue: 0, handler: 1 },
  { target: /^kafkajs\.Kafka\(\)\.producer\(\)\.send$/, made: 'kafkajs', does: 'sends', queue: 'topic' },
  { target: /^kafkajs\.Kafka\(\)\.consumer\(\)\.run$/, made: 'kafkajs', does: 'handles', queue: 'subscribed', handler: ['eachMessage', 'eachBatch'] },
  { target: new RegExp(`^${REDIS}\\.(?:publish|xAdd|xadd|lPush|lpush|rPush|rpush)$`), made: 'redis', does: 'sends', queue: 0 },
  { target: new RegExp(`^${REDIS}\\.p?(?:s|S)ubscribe$`), made: 'redis', does: 'handles', queue: 0, handler: 1 },
  { target: /^nats\.connect\(\)\.(?:publish|request)$/, made: 'nats', does: 'sends', queue: 0 },
  { target: /^nats\.connect\(\)\.subscribe$/, made: 'nats', does: 'handles', queue: 0 },
  { target: /^mqtt\.connect(?:Async)?\(\)\.publish(?:Async)?$/, made: 'mqtt', does: 'sends', queue: 0 },
  { target: /^mqtt\.connect(?:Async)?\(\)\.subscribe(?:Async)?$/, made: 'mqtt', does: 'handles', queue: 0 },
  { target: /^p-queue\(\)\.(?:add|addAll)$/, made: 'p-queue', does: 'handles', queue: 'held', handler: 0 },
  { target: /^p-limit\(\)$/, made: 'p-limit', does: 'handles', queue: 'held', handler: 0 },
  { target: /^async\.queue\(\)\.(?:push|unshift)$/, made: 'async', does: 'sends', queue: 'held' },
  { target: /^async\.queue$/, made: 'async', does: 'handles', queue: 'here', handler: 0 },
  { target: /^fastq(?:\.promise)?\(\)\.(?:push|unshift)$/, made: 'fastq', does: 'sends', queue: 'held' },
  { target: /^fastq(?:\.promise)?$/, made: 'fastq', does: 'handles', queue: 'here', handler: 0 },
]; // prettier-ignore

export const queues: ThingKind = {
  name: 'queues',
  what: 'Queues and brokers, with who puts in and who takes out: bullmq, bull, amqplib, kafkajs, redis, nats, mqtt, p-queue, fastq, async',
  targets: new RegExp([...USES.map(({ target }) => target.source), String.raw`^kafkajs\.Kafka\(\)\.consumer\(\)\.subscribe$`].join('|')), // prettier-ignore
  found(site, draft) {
    if (site.target.endsWith('.consumer().subscribe')) return subscribed(site, draft);
    for (const use of USES) if (use.target.test(site.target)) draft.later.push(() => found(use, site, draft));
  },
};

function found(use: Use, site: Site, draft: Draft): void {
  const { file, node } = site;
  const all = given(site);
  for (const text of namesOf(use, site, draft)) {
    const reason = text === HOLE ? 'its name is computed' : null;
    const id = draft.node('queue', text === HOLE ? '(computed)' : shown(text), { file, node, madeWith: use.made, at: use.made, reason }); // prettier-ignore
    const label = use.label === undefined ? null : draft.texts(file, all[use.label])[0].replaceAll(HOLE, '…');
    const facts = { file, node, label, reason };
    if (use.does === 'sends') {
      draft.edge(draft.around(site), id, 'sends', facts);
      continue;
    }
    // Who puts a function into a queue of its own process does both.
    if (use.queue === 'held') draft.edge(draft.around(site), id, 'sends', facts);
    const count = draft.handlers(id, 'handles', file, handlersOf(use, all, draft, site), facts);
    const files = typeof use.handler === 'number' ? filesNamed(draft, file, all.at(use.handler)) : [];
    for (const entry of files) draft.start(entry, id, site);
    if (count === 0 && files.length === 0) draft.edge(id, draft.around(site), 'handles', { ...facts, label: 'listens here', certainty: 'possible', reason: 'its handler is no function of the workspace' }); // prettier-ignore
  }
} // prettier-ignore

function handlersOf({ handler }: Use, all: readonly number[], draft: Draft, { file }: Site): number[] {
  if (handler === undefined || all.length === 0) return [];
  if (typeof handler === 'number') return [all.at(handler)].filter((each) => each !== undefined);
  const values = draft.values
    .of(file, all[0])
    .flatMap((each) => handler.flatMap((name) => draft.values.property(each, name)));
  return values.filter((each) => each.file === file).map(({ node }) => node);
}

function namesOf({ queue }: Use, site: Site, draft: Draft): string[] {
  const { file, node, receiver } = site;
  const all = given(site);
  if (typeof queue === 'number') return draft.texts(file, all[queue]);
  if (queue === 'here') return [heldAs({ file, node, frame: null })];
  if (queue === 'subscribed')
    return receiver === null ? [HOLE] : (draft.subscribed.get(keyOf(receiver)) ?? [HOLE]);
  if (queue !== 'made' && queue !== 'held') return propertyTexts(draft.values, file, all[0], queue);
  const at = receiver ?? draft.values.of(file, childAt(file.tree, node, Field.callee))[0];
  if (at === undefined) return [HOLE];
  if (queue === 'held') return [heldAs(at)];
  return draft.texts(at.file, childAt(at.file.tree, at.node, Field.arguments), at.frame);
}

/** `consumer.subscribe({ topic })`, whose messages `consumer.run` handles. */
function subscribed({ file, receiver, ...site }: Site, draft: Draft): void {
  if (receiver === null) return;
  const [object] = given({ file, receiver, ...site });
  const topics = propertyTexts(draft.values, file, object, 'topic');
  const key = keyOf(receiver);
  draft.subscribed.set(key, [...(draft.subscribed.get(key) ?? []), ...topics]);
}
