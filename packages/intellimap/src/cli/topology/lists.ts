/** Requests, databases, timers, signals; where the time went; what was not foretold. Pure. */
import { counted, time } from '../format.ts';
import type { Graph } from './graph.ts';
import type { SeenNode, TopologyAnswer } from './joined.ts';
import { type Line, more, named, placeOf } from './lines.ts';

/** Each with who makes it, and the route that answers. */
export function requests(graph: Graph, most: number): Line[] {
  const all = graph.of('client');
  return [
    ...all.slice(0, most).flatMap((each): Line[] => {
      const [by, ...others] = graph.into(each, 'requests');
      const to = graph.from(each, 'requests').map(({ to: route }) => route.name);
      const who =
        by === undefined ? '' : `by ${by.to.name}${others.length > 0 ? ` and ${others.length} more` : ''}`;
      const below = [who, to.length === 0 ? '' : `→ ${to.join(', ')}`].filter(Boolean).join(' ');
      return [
        { depth: 0, text: named(each), seen: each, place: placeOf(each) },
        ...(below === '' ? [] : [{ depth: 1, text: below, seen: null, place: '' }]),
      ];
    }),
    ...more(0, all.length, most),
  ];
}

/** Each with the functions that have to do with it. */
export function things(graph: Graph, kind: SeenNode['kind'], most: number): Line[] {
  const all = graph.of(kind);
  return [
    ...all.slice(0, most).flatMap((each): Line[] => {
      const askers = graph.into(each, 'queries');
      const handlers = graph.from(each, 'handles');
      const reason = each.certainty === 'certain' ? null : each.reason;
      return [
        { depth: 0, text: named({ name: each.name, reason }), seen: each, place: placeOf(each) },
        ...askers.slice(0, most).map(({ edge, to }) => ({ depth: 1, text: `← ${to.name}: ${edge.label ?? ''}`, seen: edge, place: placeOf(edge) })), // prettier-ignore
        ...more(1, askers.length, most),
        ...(kind === 'timer' ? [] : handlers.slice(0, most).map(({ edge, to }) => ({ depth: 1, text: `→ ${to.name}`, seen: edge, place: placeOf(to) }))), // prettier-ignore
      ];
    }),
    ...more(0, all.length, most),
  ];
}

/** Five are enough to see where it goes. */
const LOADS = 8;

export function timeSpent(graph: Graph, { loads, threads }: TopologyAnswer, most: number): Line[] {
  const shown = loads.slice(0, most === Infinity ? most : LOADS);
  return [
    ...shown.flatMap(({ id, count, totalMs, waitShare, mostAtOnce }): Line[] => {
      const node = graph.at(id);
      if (node === undefined) return [];
      const at = mostAtOnce === null ? '' : `, ${mostAtOnce} at once`;
      const text = `${time(totalMs)} in ${counted(count, node.kind === 'route' ? 'request' : 'call')}${at}, ${Math.round(waitShare * 100)} % waiting`;
      return [{ depth: 0, text: `${text}: ${node.name}`, seen: null, place: '' }];
    }),
    ...threads.map(({ path, threads: count, busiest }) => ({
      depth: 0,
      text: `${counted(count, 'thread')} of ${path}${count > 1 ? ', the busiest' : ''} at work ${Math.round(busiest * 100)} % of its life`,
      seen: null,
      place: '',
    })),
  ];
}

/** Of one kind and reason, so many are enough: a server of a bundler answers each file, a framework calls each component. */
const ALIKE = 5;

export function blindSpots({ blindSpots: all }: TopologyAnswer, most: number): Line[] {
  const groups = new Map<string, TopologyAnswer['blindSpots']>();
  for (const each of all) {
    const key = `${each.kind}: ${each.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const alike = most === Infinity ? most : ALIKE;
  return [...groups].flatMap(([key, group]): Line[] => [
    { depth: 0, text: key, seen: null, place: '' },
    ...group.slice(0, alike).map(({ name, count }) => ({
      depth: 1,
      text: name,
      seen: { evidence: 'seen' as const, count },
      place: '',
    })),
    ...more(1, group.length, alike),
  ]);
}
