/** What a report shows of each finding, beside what all say. One file for each kind of report. */
import type { ReactNode } from 'react';
import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { PlaceLink } from '../../../parts/place.tsx';
import { RANK, Sure } from '../../../parts/sure.tsx';
import type { ColumnOf } from '../../../parts/table.tsx';
import type { Place } from '../../../state/moments.ts';
import { duration } from '../../../text/format.ts';

export type Described = Findings.DescribedFinding;

export interface Shape {
  columns: readonly ColumnOf<Described>[];
  /** More about the chosen finding. */
  detail?: (row: Described) => ReactNode;
  /** Where it happened; absent: its place. */
  placeOf?: (row: Described) => Place;
}

/** The findings of one analysis are of one type, which its name tells: who reads them says which. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const as = <F extends Findings.Finding>({ finding }: Described): F => finding as unknown as F;

export const SURE: ColumnOf<Described> = {
  id: 'sure',
  title: 'How sure',
  width: '84px',
  cell: ({ finding }) => <Sure of={finding.confidence} />,
  sortBy: ({ finding }) => RANK[finding.confidence],
};

export const placeOf = ({ finding: { place, id } }: Described): Place =>
  place === null ? {} : { path: place.path, line: place.line, ...functionOf(id) };

/** Ids of findings name the function where there is one: `hottest:ts:src/a.ts#f`. */
function functionOf(id: string): Place {
  const found = /:((?:ts|js):[^\n>]+#[^\n>]*)$/.exec(id);
  return found === null ? {} : { function: found[1] };
}

export const PLACE: ColumnOf<Described> = {
  id: 'place',
  title: 'Place',
  isSpare: true,
  width: 'minmax(290px, 0.6fr)',
  cell: (row) =>
    row.finding.place === null ? <span className="quiet">–</span> : <PlaceLink at={placeOf(row)} room={36} />,
  sortBy: ({ finding }) => finding.place?.path ?? '',
};

export const TEXT: ColumnOf<Described> = {
  id: 'text',
  title: 'Finding',
  width: 'minmax(240px, 1fr)',
  cell: ({ text }) => <span title={text}>{text}</span>,
  sortBy: ({ text }) => text,
};

/** A column of the finding's own type. */
export const column = <F extends Findings.Finding>(
  id: string,
  title: string,
  width: string,
  cell: (finding: F) => ReactNode,
  sortBy?: (finding: F) => number | string,
): ColumnOf<Described> => ({
  id,
  title,
  width,
  cell: (row) => cell(as<F>(row)),
  ...(sortBy && { sortBy: (row: Described) => sortBy(as<F>(row)) }),
});

/** What the detail says, too. */
export const spare = (of: ColumnOf<Described>): ColumnOf<Described> => ({ ...of, isSpare: true });

/** The same of numbers, which stand to the right. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const numbers = <F extends Findings.Finding>(
  id: string,
  title: string,
  width: string,
  value: (finding: F) => number | null,
  format: (value: number) => string,
): ColumnOf<Described> => ({
  id,
  title,
  width,
  isNumber: true,
  cell: (row) => {
    const found = value(as<F>(row));
    return found === null ? <span className="quiet">–</span> : format(found);
  },
  sortBy: (row) => value(as<F>(row)) ?? -Infinity,
});

export const ms = (value: number): string => duration(value * 1000);

/** A share as a bar with its number. */
export const Share = ({ of, text }: { of: number; text: string }) => (
  <span className="share">
    <span className="share-bar" style={{ width: `${Math.min(100, Math.max(0, of * 100))}%` }} />
    <span>{text}</span>
  </span>
);

/** Names with their places, below one another. */
export const Places = ({
  all,
}: {
  all: readonly { id?: string; name: string; path: string; line: number; note?: string }[];
}) => (
  <ul className="places">
    {all.map(({ id, name, path, line, note }) => (
      <li key={`${id ?? name} ${path}:${line}`}>
        <PlaceLink at={{ path, line, ...(id !== undefined && { function: id }) }} text={name} room={36} />
        <span className="quiet">{note ?? `${path}:${line}`}</span>
      </li>
    ))}
  </ul>
);
