import { childAt, Field, Kind, NONE, textOf } from '../../tree/tree.ts';
import { type Draft, given } from '../draft.ts';
import type { ThingKind } from '../kind.ts';
import type { Site } from '../site.ts';
import type { Made } from '../values/made.ts';
import { UNKNOWN } from '../values/made.ts';
import { HOLE, textsOf } from '../values/texts.ts';
import { contextsOf } from '../wrapped.ts';

const EMITTERS = String.raw`(?:events(?:\.EventEmitter|\.EventEmitterAsyncResource)?|eventemitter3(?:\.EventEmitter)?|eventemitter2(?:\.EventEmitter2)?|mitt|emittery|nanoevents\.createNanoEvents|EventTarget|own emitter)\(\)`;
const HEARS = String.raw`(?:on|once|addListener|prependListener|prependOnceListener|addEventListener|subscribe|listen)`;
const TELLS = String.raw`(?:emit|emitSerial|dispatchEvent|publish|dispatch|notify)`;
const PAGE = /^(?:self\.|document\.|globalThis\.)?(?:addEventListener|dispatchEvent)$/;
const AWAITS = /^events\.(?:once|on)$/;

export const emitters: ThingKind = {
  name: 'emitters',
  what: 'Topics of event emitters and targets, with who sends and who hears: EventEmitter and classes that extend it, mitt, EventTarget, the page, own classes with on and emit',
  targets: new RegExp(`^${EMITTERS}\\.(?:${HEARS}|${TELLS})$|${PAGE.source}|${AWAITS.source}`),
  found(site, draft) {
    const { file, node, target, method, receiver } = site;
    const all = given(site);
    const isAwaited = AWAITS.test(target);
    const [topic, ...rest] = isAwaited ? [all[1]] : all;
    const isSent = new RegExp(`^${TELLS}$`).test(method);
    // `notify()`: those who listen to all there is.
    if (topic === undefined && !(isSent && target.startsWith('own'))) return;
    const of = isAwaited ? draft.values.of(file, all[0]).filter((each) => new RegExp(`^${EMITTERS}$`).test(draft.api(each))) : [PAGE.test(target) ? null : receiver]; // prettier-ignore
    const isOpen = topic !== undefined && draft.texts(file, topic, UNKNOWN).includes(HOLE);
    for (const emitter of of)
      for (const context of contextsOf(draft.values, file, node, topic === undefined ? [] : [topic], isOpen))
        for (const text of namesOf(draft, site, topic, context.frame)) {
          // Messages of workers are channels.
          if (PAGE.test(target) && /^message(?:error)?$/.test(text)) continue;
          const reason = reasonOf(text, target);
          const id = topicNode(draft, site, emitter, text, reason);
          if (isSent) draft.edge(draft.around(context), id, 'sends', { file: context.file, node: context.node, reason });
          else if (isAwaited) draft.edge(id, draft.around(context), 'handles', { file, node, label: 'awaited', reason });
          else if (draft.handlers(id, 'handles', file, rest.length > 0 ? rest : topic === undefined ? [] : [topic], { file, node, reason }) === 0)
            draft.edge(id, draft.around(context), 'handles', { file, node, label: 'listens here', reason: 'its handler is no function of the workspace', certainty: 'possible' }); // prettier-ignore
        }
  },
}; // prettier-ignore

const reasonOf = (text: string, target: string): string | null =>
  text === '(computed)' ? 'its topic is computed' : target.startsWith('own emitter') ? 'a class with on and emit' : null; // prettier-ignore

/** Texts; of `new CustomEvent('saved')` what it is called; of a listener without a topic, any. */
function namesOf(
  draft: Draft,
  { file }: Site,
  topic: number | undefined,
  frame: Parameters<Draft['texts']>[2],
): string[] {
  if (topic === undefined) return ['(any)'];
  const made = draft.values.of(file, topic, frame);
  const events = made.filter((each) => each.file.tree.kind[each.node] === Kind.NewExpression && /^(?:Custom)?Event\(\)$/.test(draft.api(each))); // prettier-ignore
  if (events.length > 0)
    return events.flatMap((each) => textsOf(draft.values, each.file, childAt(each.file.tree, each.node, Field.arguments), each.frame)); // prettier-ignore
  if (draft.functions(file, topic, frame).length > 0) return ['(any)'];
  return draft.texts(file, topic, frame).map((text) => (text.includes(HOLE) ? text.replaceAll(HOLE, '…') : text)).map((text) => (text === '…' ? '(computed)' : text)); // prettier-ignore
}

function topicNode(
  draft: Draft,
  site: Site,
  emitter: Made | null,
  text: string,
  reason: string | null,
): string {
  const { file, node } = site;
  const owner = emitter === null ? pageOf(draft, site) : emitterNode(draft, emitter);
  const [, rest] = owner.split(/:(.*)/s);
  const id = draft.node('topic', text, { file, node, at: rest, reason, certainty: text === '(computed)' ? 'possible' : undefined }); // prettier-ignore
  draft.edge(owner, id, 'has', { file, node, reason });
  return id;
}

const pageOf = (draft: Draft, { file, node }: Site): string => draft.node('emitter', 'page', { file, node, madeWith: 'window', at: '' }); // prettier-ignore

/** Called by its class, or by the name of what holds it. */
function emitterNode(draft: Draft, emitter: Made): string {
  const holder = draft.classOf(emitter);
  const { file, node } = holder ?? emitter;
  const { tree } = file;
  const id = holder === null ? NONE : childAt(tree, node, Field.id);
  const name = id !== NONE ? textOf(tree, id) : heldAs(emitter);
  return draft.node('emitter', name, { file, node, madeWith: draft.api(emitter).replace(/\(\)$/, ''), reason: draft.api(emitter).startsWith('own') ? 'a class with on and emit' : null }); // prettier-ignore
}

/** `const bus = new EventEmitter()`, `this.#bus = …` */
export function heldAs({ file: { tree, functionOf, owner, path }, node }: Made): string {
  for (let at = node, steps = 0; at > 0 && steps < 4; at = tree.parent[at], steps++) {
    const above = tree.parent[at];
    const holds = tree.kind[above] === Kind.VariableDeclarator ? Field.id : tree.kind[above] === Kind.AssignmentExpression ? Field.left : tree.kind[above] === Kind.PropertyDefinition || tree.kind[above] === Kind.Property ? Field.key : -1; // prettier-ignore
    const name = holds === -1 ? NONE : childAt(tree, above, holds);
    if (name !== NONE && name !== at) return textOf(tree, tree.after[name] - 1) || 'emitter';
  }
  return `one of ${functionOf(owner[node])?.name ?? path}`;
}
