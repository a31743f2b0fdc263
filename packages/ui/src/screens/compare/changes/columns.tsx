/** What the table of changes shows. */
import type { ColumnOf } from '../../../parts/table.tsx';
import { PlaceLink } from '../../../parts/place.tsx';
import { RANK, Sure } from '../../../parts/sure.tsx';
import { growth } from '../../../text/format.ts';
import { Figures } from './figures.tsx';
import { type Change, groupOf, signOf } from './groups.ts';

const KINDS: Readonly<Record<Exclude<Change['kind'], 'calls' | 'order'>, string>> = {
  function: 'function',
  edge: 'call',
  self: 'own time',
  latency: 'latency',
  task: 'task',
  error: 'error',
  import: 'import',
};

/** `fewer calls`, `task slower`, `error added` */
function whatText({ kind, what }: Change): string {
  if (kind === 'order') return `first called ${what}`;
  const isOfCalls = kind === 'calls' || kind === 'task';
  if (isOfCalls && (what === 'more' || what === 'fewer'))
    return `${what} calls${kind === 'task' ? ' in a task' : ''}`;
  if (kind === 'calls') return `calls ${what}`;
  return `${KINDS[kind]} ${what === 'other' ? 'changed' : what}`;
}

export const COLUMNS: readonly ColumnOf<Change>[] = [
  {
    id: 'what',
    title: 'What',
    width: '156px',
    cell: (change) => (
      <span className={`change ${groupOf(change)}`}>
        <span className="change-sign" aria-hidden>
          {signOf(change)}
        </span>{' '}
        {whatText(change)}
      </span>
    ),
    sortBy: (change) => `${groupOf(change)} ${change.kind}`,
  },
  {
    id: 'subject',
    title: 'Of',
    width: 'minmax(180px, 1fr)',
    cell: ({ subject }) => (
      <span className="mono" title={subject}>
        {subject}
      </span>
    ),
    sortBy: ({ subject }) => subject,
  },
  {
    id: 'figures',
    title: 'Before → now, and the band of earlier runs',
    width: '270px',
    cell: (change) => <Figures change={change} />,
    sortBy: growth,
  },
  {
    id: 'unit',
    title: 'Unit',
    width: '118px',
    isSpare: true,
    cell: ({ unit }) => <span className="quiet">{unit}</span>,
    sortBy: ({ unit }) => unit,
  },
  {
    id: 'because',
    title: 'Because of',
    width: '84px',
    cell: ({ because }) => <span className={`because ${because}`}>{because}</span>,
    sortBy: ({ because }) => because,
  },
  {
    id: 'sure',
    title: 'How sure',
    width: '78px',
    cell: ({ confidence }) => <Sure of={confidence} />,
    sortBy: ({ confidence }) => RANK[confidence],
  },
  {
    id: 'place',
    title: 'Place',
    width: 'minmax(190px, 0.5fr)',
    isSpare: true,
    cell: ({ path, line, function: id }) =>
      path === null ? (
        <span className="quiet">–</span>
      ) : (
        <PlaceLink at={{ path, line, ...(id !== null && { function: id }) }} room={26} />
      ),
    sortBy: ({ path, line }) => `${path ?? ''}:${String(line ?? 0).padStart(6, '0')}`,
  },
];
