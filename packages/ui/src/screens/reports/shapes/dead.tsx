/** Dead code as a list, and what hangs on each piece. */
import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { count, plural } from '../../../text/format.ts';
import { column, numbers, PLACE, Places, type Shape, SURE } from './shape.tsx';

type Dead = Findings.DeadCodeFinding;

export const dead: Shape = {
  columns: [
    SURE,
    column<Dead>('name', 'Code', 'minmax(200px, 1fr)', ({ name }) => <span className="mono">{name}</span>, ({ name }) => name), // prettier-ignore
    column<Dead>(
      'kind',
      'What',
      '84px',
      ({ kind }) => <span className="quiet">{kind}</span>,
      ({ kind }) => kind,
    ),
    column<Dead>(
      'reason',
      'Reason',
      '110px',
      ({ reason }) => reason,
      ({ reason }) => reason,
    ),
    numbers<Dead>('lines', 'Lines', '70px', ({ lines }) => lines, count),
    numbers<Dead>('functions', 'Functions', '80px', ({ functions }) => functions.length, count),
    PLACE,
  ],
  detail: (row) => {
    const finding = row.finding as Dead;
    return (
      <>
        <p>
          Rests on {plural(finding.runs, 'run')}, {count(finding.wholeRuns)} of them whole:{' '}
          <span className="mono">{finding.window.commands.join(', ')}</span>. Code that no scenario needed
          looks the same as code that nobody needs.
        </p>
        {finding.functions.length > 1 && (
          <>
            <h2>Goes with it</h2>
            <Places all={finding.functions} />
          </>
        )}
      </>
    );
  },
};
