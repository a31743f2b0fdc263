/** A card as text: what it is, its figures, its neighbours. Pure. */
import { METRICS, type MetricColumns } from '../../../../../intellimap/src/layout/picture.ts';
import { plural } from '../../../text/format.ts';
import { METRIC_WORDS } from './heat.ts';
import type { Item } from './items.ts';
import type { MapModel } from './model.ts';
import { labelOf } from './words.ts';

/** Neighbours and functions that are told. */
const FEW = 12;

export function cardText(model: MapModel, item: Item): string {
  const { facts, groupFacts } = model;
  const metrics: Partial<Record<string, number>> =
    item.kind === 'group' ? groupFacts[item.at].metrics : figuresAt(item.kind === 'module' ? facts.modules.metrics : facts.functions.metrics, item.at); // prettier-ignore
  const figures = METRICS.flatMap((metric) => {
    const value = metrics[metric];
    const { name, text } = METRIC_WORDS[metric];
    return value === undefined || Number.isNaN(value) ? [] : [`    ${name}: ${text(value)}`];
  });
  return [labelOf(model, item), ...figures, ...(item.kind === 'module' ? around(model, item.at) : [])].join(
    '\n',
  );
}

const figuresAt = (columns: MetricColumns, at: number): Partial<Record<string, number>> =>
  Object.fromEntries(METRICS.map((metric) => [metric, columns[metric]?.[at]]));

function around({ facts: { modules, edges, functions }, into, out }: MapModel, m: number): string[] {
  const called = (all: readonly number[], end: 'src' | 'dst', word: string): string[] =>
    all
      .filter((e) => edges.calls[e] > 0)
      .slice(0, FEW)
      .map((e) => `    ${word} ${modules.path[edges[end][e]]}, ${plural(edges.calls[e], 'call')}`);
  const own = Array.from({ length: modules.count[m] }, (_, n) => modules.first[m] + n);
  const calls = (f: number): number => functions.metrics.calls?.[f] || 0;
  const most = own.filter((f) => calls(f) > 0).toSorted((a, b) => calls(b) - calls(a));
  return [
    ...called(into[m], 'src', 'called by'),
    ...called(out[m], 'dst', 'calls'),
    ...most.slice(0, FEW).map((f) => `    ${functions.name[f]} (line ${functions.line[f]}), ${plural(calls(f), 'call')}`), // prettier-ignore
  ];
}
