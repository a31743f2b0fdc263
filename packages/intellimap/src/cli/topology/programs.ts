/** Programs, and below each what its files start and answer. What several programs have is shown with the first of them. Pure. */
import { counted } from '../format.ts';
import type { Graph } from './graph.ts';
import type { SeenNode } from './joined.ts';
import { type Line, more, named, placeOf } from './lines.ts';

/** Shown in the tree; the others are lists of their own. */
const STARTED: readonly SeenNode['kind'][] = ['server', 'pool', 'worker', 'process'];

export function programs(graph: Graph, most: number): Line[] {
  const shown = new Set<string>();
  const lines: Line[] = [];
  const all = graph.of('program').filter((each) => graph.from(each, 'has').length > 0 || graph.into(each, 'runs').length > 0); // prettier-ignore
  // What ran, and who starts others: things are shown with the first that has them.
  const rank = (it: SeenNode): number => (it.evidence === 'seen' || it.runs > 0 ? 0 : 2) + (graph.into(it, 'runs').length > 0 ? 1 : 0); // prettier-ignore
  const roots = all.toSorted((a, b) => rank(a) - rank(b));
  for (const each of roots.slice(0, most)) lines.push(...program(each, graph, shown, most));
  lines.push(...more(0, roots.length, most));
  const alone = graph.of(...STARTED).filter(({ id, kind }) => !shown.has(id) && !(kind === 'worker' && graph.into(graph.at(id)!, 'has').some(({ to }) => to.kind === 'pool'))); // prettier-ignore
  const rest = roots.length > most ? [] : alone.filter((each) => graph.into(each, 'has').every(({ to }) => to.kind !== 'program')); // prettier-ignore
  if (rest.length > 0)
    lines.push({ depth: 0, text: 'in files that no known program loads', seen: null, place: '' });
  for (const each of rest.slice(0, most)) lines.push(...started(each, 1, graph, shown, most));
  return [...lines, ...more(1, rest.length, most)];
}

function program(it: SeenNode, graph: Graph, shown: Set<string>, most: number): Line[] {
  const by = graph.into(it, 'runs').map(({ to }) => `${to.kind} of ${to.path}`);
  const why = [it.made_with, ...new Set(by)].filter((each) => each !== null);
  const things = graph.from(it, 'has').map(({ to }) => to);
  const inside = things.filter(({ id, kind }) => kind === 'worker' && things.some((other) => other.kind === 'pool' && graph.from(other, 'has').some(({ to }) => to.id === id))); // prettier-ignore
  const direct = things.filter((each) => STARTED.includes(each.kind) && !inside.includes(each));
  const counts = (['emitter', 'client', 'queue', 'database', 'timer', 'signal'] as const)
    .map((kind) => [kind, things.filter((each) => each.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => counted(count, kind));
  return [
    { depth: 0, text: `${it.name}${why.length > 0 ? `, ${why.join(', ')}` : ''}`, seen: it, place: '' },
    ...direct.slice(0, most).flatMap((each) => started(each, 1, graph, shown, most)),
    ...more(1, direct.length, most),
    ...(counts.length > 0 ? [{ depth: 1, text: counts.join(', '), seen: null, place: '' }] : []),
  ];
}

function started(it: SeenNode, depth: number, graph: Graph, shown: Set<string>, most: number): Line[] {
  const text = it.kind === 'server' || it.kind === 'process' ? it.name : `${it.kind} ${it.name}`;
  const head = `${it.kind === 'process' ? 'process ' : ''}${text}`;
  if (shown.has(it.id)) return [{ depth, text: `${head}, as above`, seen: null, place: '' }];
  shown.add(it.id);
  const routes = graph.from(it, 'routes').filter(({ to }, at, all) => all.findIndex((other) => other.to.id === to.id) === at); // prettier-ignore
  const inner = graph.from(it, 'has').map(({ to }) => to);
  const ends = graph.from(it, 'supervises');
  const ports = graph.into(it, 'listens').map(({ edge }) => edge.label).filter((label) => label !== null); // prettier-ignore
  const before = graph.from(it, 'handles').filter(({ edge }) => edge.label?.startsWith('before') === true);
  const handlers = graph.from(it, 'handles').filter((way) => !before.includes(way));
  return [
    { depth, text: named({ name: `${head}${ports.length > 0 ? `, ${ports[0]}` : ''}`, reason: it.certainty === 'certain' ? null : it.reason }), seen: it, place: placeOf(it) },
    ...ends.map(({ edge, to }) => ({ depth: depth + 1, text: `on ${edge.label ?? 'its end'} → ${to.name}`, seen: edge, place: placeOf(to) })),
    ...inner.flatMap((each) => started(each, depth + 1, graph, shown, most)),
    ...handlers.slice(0, most).map(({ edge, to }) => ({ depth: depth + 1, text: `→ ${to.name}`, seen: edge, place: placeOf(to) })),
    ...(before.length > 0 ? [{ depth: depth + 1, text: `${counted(new Set(before.map(({ to }) => to.id)).size, 'function')} before routes`, seen: null, place: '' }] : []),
    ...routes.slice(0, most).flatMap(({ to }) => route(to, depth + 1, graph)),
    ...more(depth + 1, routes.length, most),
  ];
} // prettier-ignore

/** The handler is told by its place: most have no name of their own. */
function route(it: SeenNode, depth: number, graph: Graph): Line[] {
  const handler = graph.from(it, 'handles').find(({ edge }) => edge.label === null);
  const asks = graph.into(it, 'requests').length;
  const text = `${named(it)}${asks > 0 ? `, asked by ${counted(asks, 'place')}` : ''}`;
  return [{ depth, text, seen: it, place: placeOf(handler?.to ?? it) }];
}
