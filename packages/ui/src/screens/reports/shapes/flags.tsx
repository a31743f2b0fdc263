/** Flags as a matrix: what each said, and which of its sides ran. What never was is hatched, and says so. */
import type { ReactNode } from 'react';
import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { PlaceLink } from '../../../parts/place.tsx';
import { count, plural } from '../../../text/format.ts';
import { isUnknown, type Said, saidBy, sidesOf, type FlagSide } from './flag-sides.ts';
import { column, PLACE, type Shape, SURE } from './shape.tsx';

type Flag = Findings.FlagFinding;
const Cell = ({ said: { hits, values }, unit }: { said: Said; unit: string }): ReactNode =>
  values.length === 0 ? (
    <span className="flag-cell never">never</span>
  ) : (
    <span className="flag-cell" title={values.join(', ')}>
      {count(hits)} {unit}
    </span>
  );

/** Most flags are on or off, and are no worse for it. */
const Other = ({ said, unit }: { said: Said; unit: string }): ReactNode =>
  said.values.length === 0 ? <span className="quiet">–</span> : <Cell said={said} unit={unit} />;

const unitOf = ({ inRuns }: Flag): string => (inRuns.length > 0 ? 'runs' : '×');

export const flags: Shape = {
  columns: [
    column<Flag>('flag', 'Flag', 'minmax(160px, 1fr)', ({ flag }) => <span className="mono">{flag.name}</span>, ({ flag }) => flag.name), // prettier-ignore
    column<Flag>('on', 'On', '110px', (finding) => <Cell said={saidBy(finding).on} unit={unitOf(finding)} />, (finding) => saidBy(finding).on.hits), // prettier-ignore
    column<Flag>('off', 'Off', '110px', (finding) => <Cell said={saidBy(finding).off} unit={unitOf(finding)} />, (finding) => saidBy(finding).off.hits), // prettier-ignore
    column<Flag>('other', 'Other values', '130px', (finding) => <Other said={saidBy(finding).other} unit={unitOf(finding)} />, (finding) => saidBy(finding).other.hits), // prettier-ignore
    column<Flag>('sides', 'Sides that ran', '110px', (finding) => <Sides {...sidesOf(finding)} />, (finding) => sidesOf(finding).ran), // prettier-ignore
    column<Flag>('source', 'Told by', '100px', ({ flag }) => <span className="quiet">{flag.source}</span>, ({ flag }) => flag.source), // prettier-ignore
    SURE,
    PLACE,
  ],
  detail: (row) => <Uses finding={row.finding as Flag} />,
};

const Sides = ({ ran, all }: { ran: number; all: number }) =>
  all === 0 ? <span className="quiet">–</span> : <span className={ran < all ? 'doubt' : undefined}>{ran} of {all}</span>; // prettier-ignore

function ranText(side: FlagSide): string {
  if (isUnknown(side)) return 'nothing recorded tells';
  if (side.runsTaken === 0) return 'never ran';
  return `ran in ${plural(side.runsTaken, 'run')}`;
}

const Uses = ({ finding: { uses, isTextKnown } }: { finding: Flag }) => (
  <>
    <h2>Where the text reads it</h2>
    {!isTextKnown && <p className="quiet">The text of the workspace was not read.</p>}
    <ul className="places">
      {uses.map(({ id, reader, line, sides }) => (
        <li key={`${id} ${line}`}>
          <PlaceLink at={{ function: reader.id, path: reader.path, line }} text={reader.name} room={34} />
          <span className="quiet">
            {reader.path}:{line}
          </span>
          {sides.map((side) => (
            <span
              key={`${side.taken} ${side.line} ${side.column}`}
              className={side.runsTaken > 0 || isUnknown(side) ? 'side' : 'side never'}
            >
              {side.taken}: {ranText(side)}
              {side.leadsTo.length > 0 && ` → ${side.leadsTo.map(({ name }) => name).join(', ')}`}
            </span>
          ))}
        </li>
      ))}
    </ul>
  </>
);
