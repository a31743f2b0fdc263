/** The same as the map, as a table. */
import { useState } from 'react';
import { METRICS, type MetricColumns } from '../../../../../intellimap/src/layout/picture.ts';
import { type ColumnOf, nextSorting, type Sorting, sorted, Table } from '../../../parts/table.tsx';
import { count } from '../../../text/format.ts';
import { chooseItem, enter } from '../actions.ts';
import type { Told } from '../drawing.ts';
import { METRIC_WORDS } from '../model/heat.ts';
import type { Item } from '../model/items.ts';
import type { MapModel } from '../model/model.ts';
import { stateWords } from '../model/words.ts';

export function MapTable({ told }: { told: Told }) {
  const { model, level, chosen, open, modules: there } = told;
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const { facts, layout } = model;
  const places = (length: number): number[] => Array.from({ length }, (_, at) => at);
  const kind: Item['kind'] = level === 'system' ? 'group' : level === 'module' ? 'module' : 'function';
  const items =
    kind === 'group'
      ? places(layout.groups.name.length)
      : kind === 'module'
        ? places(facts.modules.path.length).filter((m) => there === null || there.has(m))
        : places(facts.modules.count[open!.module]).map((n) => facts.modules.first[open!.module] + n);
  const columns = columnsOf(model, kind);
  const item = (at: number): Item => ({ kind, at });
  return (
    <Table
      label={`The map as a table: ${kind}s`}
      columns={columns}
      rows={sorted(items, columns, sorting)}
      keyOf={String}
      chosen={chosen?.kind === kind ? String(chosen.at) : null}
      onChoose={(at) => chooseItem(model, item(at), { replace: true })}
      onOpen={(at) => enter(model, item(at))}
      sorting={sorting}
      onSort={(column) => setSorting((now) => nextSorting(now, column))}
    />
  );
}

function columnsOf(model: MapModel, kind: Item['kind']): ColumnOf<number>[] {
  const { facts, layout, groupFacts } = model;
  const columns: MetricColumns = kind === 'module' ? facts.modules.metrics : facts.functions.metrics;
  const valueOf = (metric: (typeof METRICS)[number], at: number): number =>
    (kind === 'group' ? groupFacts[at].metrics[metric] : columns[metric]?.[at]) ?? NaN;
  const name = (at: number): string =>
    kind === 'group' ? layout.groups.name[at] : kind === 'module' ? facts.modules.path[at] : facts.functions.name[at];
  const ran = (at: number): [number, number] =>
    kind === 'group' ? [groupFacts[at].ran, groupFacts[at].functions] : [facts.modules.ran[at], facts.modules.count[at]];
  const state = kind === 'module' ? facts.modules.state : facts.functions.state;
  return [
    { id: 'name', title: kind === 'group' ? 'Group' : kind === 'module' ? 'File' : 'Function', width: 'minmax(200px, 3fr)', cell: name, sortBy: name },
    ...(kind === 'function'
      ? [{ id: 'line', title: 'Line', width: '64px', isNumber: true, cell: (at: number) => count(facts.functions.line[at]), sortBy: (at: number) => facts.functions.line[at] }]
      : [{ id: 'ran', title: 'Ran', width: '96px', isNumber: true, cell: (at: number) => ran(at).map(count).join(' of '), sortBy: (at: number) => ran(at)[0] }]),
    ...METRICS.filter((metric) => facts.heat[metric] !== undefined).map((metric) => ({
      id: metric,
      title: METRIC_WORDS[metric].name,
      width: '92px',
      isNumber: true,
      cell: (at: number) => (Number.isNaN(valueOf(metric, at)) ? '–' : METRIC_WORDS[metric].text(valueOf(metric, at))),
      sortBy: (at: number) => (Number.isNaN(valueOf(metric, at)) ? -1 : valueOf(metric, at)),
    })),
    ...(kind === 'group' ? [] : [{ id: 'state', title: 'State', width: 'minmax(110px, 1fr)', cell: (at: number) => stateWords(model.facts, state[at]).join(', ') || 'ran' }]),
  ];
} // prettier-ignore
