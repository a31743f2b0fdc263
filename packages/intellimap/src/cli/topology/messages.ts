/** Topics, messages and queues, with senders and receivers. Pure. */
import type { Graph, Way } from './graph.ts';
import type { SeenNode } from './joined.ts';
import { type Line, more, named, placeOf } from './lines.ts';

export function messages(graph: Graph, most: number): Line[] {
  const emitters = graph.of('emitter').flatMap((emitter): [SeenNode, SeenNode[]][] => [
    [emitter, graph.from(emitter, 'has').map(({ to }) => to)],
  ]);
  const others = graph.of('channel', 'queue');
  const pools = graph.of('pool').filter((pool) => graph.into(pool, 'sends').length > 0);
  return [
    ...emitters.slice(0, most).flatMap(([emitter, topics]) => [
      { depth: 0, text: `${named(emitter)}, ${emitter.made_with ?? 'emitter'}`, seen: null, place: placeOf(emitter) },
      ...topics.slice(0, most).flatMap((topic) => ends(topic, 1, graph, most)),
      ...more(1, topics.length, most),
    ]),
    ...more(0, emitters.length, most),
    ...[...others, ...pools].slice(0, most).flatMap((each) => ends(each, 0, graph, most)),
    ...more(0, others.length + pools.length, most),
  ];
} // prettier-ignore

function ends(it: SeenNode, depth: number, graph: Graph, most: number): Line[] {
  const senders = graph.into(it, 'sends');
  const hearers = graph.from(it, 'handles').filter(({ edge }) => edge.label !== 'before it');
  const computed = it.kind === 'topic' && it.name !== '(computed)' && graph.into(it, 'has').some(({ to }) => graph.from(to, 'has').some((way) => way.to.name === '(computed)')); // prettier-ignore
  const missing = [
    ...(senders.length === 0 ? [it.made_with === 'window' || isPage(it, graph) ? 'sent by the browser' : computed ? 'sent by a computed topic, perhaps' : 'no sender found'] : []), // prettier-ignore
    ...(hearers.length === 0 && it.kind !== 'pool' ? [computed ? 'heard by a computed topic, perhaps' : 'no receiver found'] : []), // prettier-ignore
  ];
  return [
    {
      depth,
      text: `${named(it)}${missing.length > 0 ? `: ${missing.join(', ')}` : ''}`,
      seen: it,
      place: '',
    },
    ...senders.slice(0, most).map((way) => end('←', way, depth + 1)),
    ...more(depth + 1, senders.length, most),
    ...hearers.slice(0, most).map((way) => end('→', way, depth + 1)),
    ...more(depth + 1, hearers.length, most),
  ];
}

const isPage = (it: SeenNode, graph: Graph): boolean =>
  graph.into(it, 'has').some(({ to }) => to.made_with === 'window');

const end = (arrow: string, { edge, to }: Way, depth: number): Line => ({
  depth,
  text: `${arrow} ${to.name}${edge.label === null ? '' : `: ${edge.label}`}`,
  seen: edge,
  place: arrow === '←' ? placeOf(edge) : placeOf(to),
});
