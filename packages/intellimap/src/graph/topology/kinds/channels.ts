import { bareNode, Kind, textOf } from '../../tree/tree.ts';
import { propertyName } from '../../patterns/facts/names.ts';
import { nodesIn } from '../../patterns/facts/places.ts';
import { type Draft, given } from '../draft.ts';
import type { ThingKind } from '../kind.ts';
import type { Site } from '../site.ts';
import { keyOf, type Made } from '../values/made.ts';
import { HOLE, propertyTexts } from '../values/texts.ts';

const HEARS = String.raw`(?:on|once|addListener|addEventListener|onmessage|onexit|onerror)`;
const THREAD = String.raw`(?:worker_threads\.Worker|Worker|SharedWorker)\(\)(?:\.port)?|child_process\.(?:spawn|fork)\(\)|cluster\.fork\(\)|cluster`;
const OUTSIDE = new RegExp(`^(?:${THREAD})\\.(?:postMessage|send|${HEARS})$`);
const INSIDE = new RegExp(
  `^(?:worker_threads\\.parentPort|self|process)\\.(?:postMessage|send|${HEARS})$|^(?:postMessage|onmessage|addEventListener)$`,
);
const NAMED = new RegExp(
  `^(?:worker_threads\\.)?(?:BroadcastChannel\\(\\)|MessageChannel\\(\\)\\.port[12])\\.(?:postMessage|${HEARS})$`,
);
const AWAITS = /^events\.(?:once|on)$/;
/** In place of a method: it is handed to one of these. */
const AWAITED = '(awaited)';
/** What a message says of what it is. */
const TYPES = ['type', 'kind', 'task', 'cmd', 'command', 'action', 'event', 'op', 'method'];
/** Endings that somebody watches. */
const ENDS = /^(?:exit|error|close|disconnect|messageerror)$/;

export const channels: ThingKind = {
  name: 'channels',
  what: 'Messages between threads and processes: postMessage, send, parentPort, BroadcastChannel, MessageChannel; and who watches when a worker ends',
  targets: new RegExp([OUTSIDE, INSIDE, NAMED, AWAITS].map(({ source }) => source).join('|')),
  found(site, draft) {
    draft.later.push(() => {
      if (AWAITS.test(site.target)) return awaited(site, draft);
      if (NAMED.test(site.target)) return named(site, draft);
      if (INSIDE.test(site.target)) return inside(site, draft);
      return outside(site, draft);
    });
  },
};

const isSent = ({ method }: Site): boolean => method === 'postMessage' || method === 'send';
/** Of `on('message', f)` the event and the function; of `onmessage = f` the same; of `once(worker, 'message')` the event. */
function heard(site: Site, draft: Draft): { events: string[]; handlers: number[] } {
  const all = given(site);
  if (site.method === AWAITED) return { events: draft.texts(site.file, all[1]), handlers: [] };
  if (/^on[a-z]+$/.test(site.method) && site.method !== 'once') return { events: [site.method.slice(2)], handlers: all };
  return { events: draft.texts(site.file, all[0]), handlers: all.slice(1) };
} // prettier-ignore

/** Who started it: what it sends, hears, and watches. */
function outside(site: Site, draft: Draft): void {
  const { file, node, receiver } = site;
  const worker = receiver === null ? undefined : draft.made.get(keyOf(base(receiver, draft)));
  if (worker === undefined || worker.startsWith('server:')) return;
  const name = worker.replace(/^\w+:/, '').replace(/@.*$/, '');
  if (isSent(site)) return sends(site, draft, channel(draft, `to ${name}`, site));
  const { events, handlers } = heard(site, draft);
  for (const event of events)
    if (event === 'message') hears(site, draft, channel(draft, `from ${name}`, site), handlers);
    else if (!ENDS.test(event)) continue;
    else if (site.method === AWAITED) draft.edge(worker, draft.around(site), 'supervises', { file, node, label: `${event}, awaited` }); // prettier-ignore
    else watches(site, draft, worker, event, handlers);
} // prettier-ignore

/** `await once(child, 'exit')`, `await once(worker, 'message')`: whoever waits hears it. */
function awaited(site: Site, draft: Draft): void {
  const [of] = given(site);
  for (const receiver of of === undefined ? [] : draft.values.of(site.file, of)) {
    const heardOf = { ...site, receiver, target: `${draft.api(receiver)}.once`, method: AWAITED };
    if (NAMED.test(heardOf.target)) named(heardOf, draft);
    else if (INSIDE.test(heardOf.target)) inside(heardOf, draft);
    else outside(heardOf, draft);
  }
}

/** Functions that messages are handed to; where none of the workspace is, `resolve` of a promise, say, the place says that somebody listens. */
function hears(site: Site, draft: Draft, id: string, handlers: readonly number[], reason: string | null = null): void {
  const { file, node } = site;
  if (site.method === AWAITED) return draft.edge(id, draft.around(site), 'handles', { file, node, label: 'awaited', reason });
  const found = draft.handlers(id, 'handles', file, handlers, { file, node, reason });
  if (found === 0 && handlers.some((each) => !isNothing(site, each)))
    draft.edge(id, draft.around(site), 'handles', { file, node, label: 'listens here', reason: 'its handler is no function of the workspace', certainty: 'possible' });
} // prettier-ignore

/** `worker.onmessage = null` */
function isNothing({ file: { tree } }: Site, expression: number): boolean {
  const node = bareNode(tree, expression);
  return tree.kind[node] === Kind.Literal || (tree.kind[node] === Kind.Identifier && textOf(tree, node) === 'undefined'); // prettier-ignore
}

/** `worker.port` of a shared worker. */
const base = (receiver: Made, draft: Draft): Made => {
  const { file, node, frame } = receiver;
  if (file.tree.kind[node] !== Kind.MemberExpression) return receiver;
  return draft.values.of(file, node + 1, frame)[0] ?? receiver;
};

/** In the thread itself: of every worker whose program loads the file. */
function inside(site: Site, draft: Draft): void {
  const { file, target } = site;
  const isProcess = target.startsWith('process');
  const starts = draft.starts.filter(({ entry, by }) => by.startsWith('process:') === isProcess && draft.programs.closure(entry).has(file)); // prettier-ignore
  const names = starts.map(({ entry }) => entry.path);
  const isSure = names.length > 0;
  // A page has these, too; of it they are no messages of a worker.
  if (!isSure && !target.startsWith('worker_threads') && !isProcess) return;
  const reason = isSure ? null : 'who starts it is not known';
  for (const name of isSure ? new Set(names) : [file.path])
    if (isSent(site)) sends(site, draft, channel(draft, `from ${name}`, site), reason);
    else {
      const { events, handlers } = heard(site, draft);
      if (events.includes('message'))
        hears(site, draft, channel(draft, `to ${name}`, site), handlers, reason);
    }
}

function named(site: Site, draft: Draft): void {
  const { file, node, receiver, target } = site;
  const made = base(receiver!, draft);
  const isBroadcast = target.includes('BroadcastChannel');
  const texts = isBroadcast ? draft.texts(made.file, given({ ...site, file: made.file, node: made.node })[0], made.frame) : [`MessageChannel of ${made.file.path}`]; // prettier-ignore
  for (const text of texts) {
    const name = text === HOLE ? '(computed)' : text;
    const id = draft.node('channel', name, { file, node, at: '', madeWith: isBroadcast ? 'BroadcastChannel' : 'MessageChannel', reason: text === HOLE ? 'its name is computed' : null }); // prettier-ignore
    if (isSent(site)) sends(site, draft, id);
    else {
      const { events, handlers } = heard(site, draft);
      if (events.includes('message')) hears(site, draft, id, handlers);
    }
  }
} // prettier-ignore

const channel = (draft: Draft, name: string, { file, node }: Site): string => draft.node('channel', `messages ${name}`, { file, node, at: '', madeWith: 'postMessage' }); // prettier-ignore

/** With the kind of message, where it says one. */
function sends(site: Site, draft: Draft, id: string, reason: string | null = null): void {
  const { file, node } = site;
  const types = typesOf(site, draft);
  for (const label of types.length > 0 ? types : [null]) {
    const why = label === null ? reason : label.includes(HOLE) ? 'its type is computed' : reason;
    draft.edge(draft.around(site), id, 'sends', { file, node, label: label?.replaceAll(HOLE, '…') ?? null, reason: why });
  }
} // prettier-ignore

function typesOf(site: Site, draft: Draft): string[] {
  const [message] = given(site);
  if (message === undefined) return [];
  const { tree } = site.file;
  for (const name of TYPES) {
    const texts = propertyTexts(draft.values, site.file, message, name);
    if (texts.length > 0) return texts.map((text) => `${name} ${text}`);
  }
  // No type, but its fields tell messages apart.
  const fields = tree.kind[message] === Kind.ObjectExpression ? nodesIn(tree, message, Kind.Property).filter((each) => tree.parent[each] === message).map((each) => propertyName(tree, each)) : []; // prettier-ignore
  return fields.length === 0 ? [] : [`{ ${fields.join(', ')} }`];
}

/** Whoever hears that a worker has ended; and whether it starts another one. */
function watches(site: Site, draft: Draft, worker: string, event: string, handlers: readonly number[]): void {
  const { file, node } = site;
  for (const fn of handlers.flatMap((each) => draft.functions(file, each))) {
    const label = startsAgain(draft, fn, worker) ? `${event}, starts another` : event;
    draft.edge(worker, draft.fn(fn.file, fn.node), 'supervises', { file, node, label });
  }
}

function startsAgain(draft: Draft, fn: Made, worker: string, steps = 3, seen = new Set<string>()): boolean {
  if (steps === 0 || seen.has(keyOf(fn))) return false;
  seen.add(keyOf(fn));
  const { file, node, frame } = fn;
  for (const kind of [Kind.CallExpression, Kind.NewExpression])
    for (const call of nodesIn(file.tree, node, kind)) {
      if (draft.made.get(keyOf({ file, node: call })) === worker) return true;
      if (draft.values.functionsAt(file, call, frame).some((each) => startsAgain(draft, each, worker, steps - 1, seen))) return true; // prettier-ignore
    }
  return false;
}
