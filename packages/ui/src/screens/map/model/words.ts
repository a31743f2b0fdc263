/** What is said of groups, files and functions: for screen readers, tooltips and tables. Pure. */
import { type MapFacts, type Metric, State } from '../../../../../intellimap/src/layout/picture.ts';
import { duration, plural, short } from '../../../text/format.ts';
import { METRIC_WORDS } from './heat.ts';
import type { Item } from './items.ts';
import type { MapModel } from './model.ts';

/** One sentence without its final stop: `src/cart.ts, 12 of 14 functions ran, 1.2 s, 88,214 calls, 3 errors`. */
export function labelOf(model: MapModel, { kind, at }: Item): string {
  if (kind === 'group') return groupLabel(model, at);
  return kind === 'module' ? moduleLabel(model, at) : functionLabel(model, at);
}

function groupLabel({ layout, groupFacts }: MapModel, g: number): string {
  const { modules, functions, ran, metrics } = groupFacts[g];
  return [
    layout.groups.name[g],
    plural(modules.length, 'file'),
    `${ran} of ${plural(functions, 'function')} ran`,
    ...figures(metrics),
  ].join(', ');
}

function moduleLabel({ facts }: MapModel, m: number): string {
  const { modules } = facts;
  const { self, calls, errors } = modules.metrics;
  const state = stateWords(facts, modules.state[m]);
  const ran =
    modules.count[m] === 0 ? [] : [`${modules.ran[m]} of ${plural(modules.count[m], 'function')} ran`];
  return [modules.path[m], ...state, ...ran, ...figures({ self: self?.[m], calls: calls?.[m], errors: errors?.[m] })].join(', '); // prettier-ignore
}

function functionLabel({ facts }: MapModel, f: number): string {
  const { functions, modules } = facts;
  const { self, calls, errors } = functions.metrics;
  const place = `${modules.path[functions.module[f]]} line ${functions.line[f]}`;
  const what = figures({ self: self?.[f], calls: calls?.[f], errors: errors?.[f] });
  return [functions.name[f], place, ...stateWords(facts, functions.state[f]), ...what].join(', ');
}

/** What did not run, of the runs that the map is made of. */
export const neverRan = ({ runs }: Pick<MapFacts, 'runs'>): string =>
  runs === 1 ? 'never ran' : `ran in none of ${runs} runs`;

/** What there is to say beyond figures; nothing of what simply ran. */
export function stateWords(facts: Pick<MapFacts, 'runs'>, state: number): string[] {
  const ran = (state & State.RAN) !== 0;
  return [
    ...(ran ? [] : [(state & State.UNKNOWN) === 0 ? neverRan(facts) : 'not recorded']),
    ...(!ran && (state & State.NOT_LOADED) !== 0 ? ['never loaded'] : []),
    ...((state & State.ADDED) === 0 ? [] : ['new against the other run']),
    ...((state & State.REMOVED) === 0 ? [] : ['only in the other run']),
    ...((state & State.CHANGED) === 0 ? [] : ['its text changed']),
  ];
}

interface Figures {
  self?: number | undefined;
  calls?: number | undefined;
  errors?: number | undefined;
}

const figures = ({ self, calls, errors }: Figures): string[] => [
  ...(isThere(self) ? [duration(self * 1000)] : []),
  ...(isThere(calls) ? [plural(calls, 'call')] : []),
  ...(isThere(errors) ? [plural(errors, 'error')] : []),
];

const isThere = (value: number | undefined): value is number =>
  value !== undefined && !Number.isNaN(value) && value > 0;

/** `▲ 2.3×`, `▼ 1.4×`; nothing where they are as good as equal, or one is not known. */
export function changeWords(before: number | undefined, now: number | undefined): string | null {
  if (before === undefined || now === undefined || !(before > 0) || !(now > 0)) return null;
  const factor = now / before;
  if (factor > 0.95 && factor < 1.05) return null;
  const times = factor >= 1 ? factor : 1 / factor;
  return `${factor >= 1 ? '▲' : '▼'} ${times < 10 ? times.toFixed(1) : short(Math.round(times))}×`;
}

/** Beside the hand: name, what the heat says, and how it went. */
export function tipOf(model: MapModel, item: Item, metric: Metric): string {
  const { facts, groupFacts, layout } = model;
  const words = METRIC_WORDS[metric];
  const told = (value: number | undefined): string[] =>
    value === undefined || Number.isNaN(value) ? [] : [`${words.name} ${words.text(value)}`];
  if (item.kind === 'group') return [layout.groups.name[item.at], ...told(groupFacts[item.at].metrics[metric])].join(' · '); // prettier-ignore
  const columns = item.kind === 'module' ? facts.modules : facts.functions;
  const name = item.kind === 'module' ? facts.modules.path[item.at] : facts.functions.name[item.at];
  const isBoth = metric !== 'calls' && (columns.state[item.at] & State.RAN) !== 0;
  const calls = columns.metrics.calls?.[item.at] ?? 0;
  return [
    name,
    ...stateWords(facts, columns.state[item.at]),
    ...((columns.state[item.at] & State.RAN) === 0 ? [] : told(columns.metrics[metric]?.[item.at])),
    ...(isBoth && calls > 0 ? [plural(calls, 'call')] : []),
  ].join(' · ');
}
