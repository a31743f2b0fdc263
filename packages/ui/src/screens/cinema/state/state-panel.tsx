/** State at the playhead: what was written, and what the call was given. */
import { useMemo } from 'react';
import { useSelection } from '../../../state/selection.ts';
import { moment } from '../../../text/format.ts';
import { callOf, chosenCall } from '../director/call.ts';
import type { Moves } from '../director/moves.ts';
import { useSettled } from '../director/settled.ts';
import { useShown } from '../director/shown.ts';
import type { Parts } from '../parts.ts';
import { type StateRow, stateRows } from './rows.ts';

/** A person reads no faster, and each answer is some thirty rows. */
const SETTLED_MS = 80;

export function StatePanel({ parts: { director, moves } }: { parts: Parts }) {
  const frame = useSettled(
    useShown(director.shown, (shown) => shown.frame),
    SETTLED_MS,
  );
  const call = useSelection((selection) => selection.call);
  const rows = useMemo(() => (frame === null ? [] : stateRows(frame, callOf(call))), [frame, call]);
  // Where there is no row at all, it is said at length what would record them.
  const told = frame?.unknown.filter((sentence) => rows.length > 0 || !sentence.includes('--values')) ?? [];
  const changed = rows.filter(({ isChanged }) => isChanged).length;
  return (
    <section className="panel pane" aria-label="State at the playhead">
      <header>
        {frame === null ? 'State' : `State at ${moment(frame.t)}`}
        <span className="quiet aright">
          {changed > 0
            ? `${changed} changed in the last step`
            : frame !== null && rows.length > 0
              ? 'nothing changed in the last step'
              : ''}
        </span>
      </header>
      <div className="scroll">
        {rows.map((row) => (
          <Row key={row.key} row={row} moves={moves} />
        ))}
        {frame !== null && rows.length === 0 && <NoState />}
        {frame !== null && frame.stateMore > 0 && (
          <p className="note">and {frame.stateMore} that changed longer ago</p>
        )}
        {told.map((sentence) => (
          <p className="note" key={sentence}>
            {sentence}
          </p>
        ))}
      </div>
    </section>
  );
}

function Row({ row, moves }: { row: StateRow; moves: Moves }) {
  const { name, value, before, origin, isChanged, isError, to } = row;
  return (
    <button
      className="row state-row"
      data-changed={isChanged || undefined}
      disabled={to === null}
      title={before === null ? value : `${value}\nbefore: ${before}`}
      onClick={() => to !== null && visit(moves, to)}
    >
      <span className="mono name">{name}</span>
      <span className={isError ? 'mono value bad' : 'mono value'}>
        {value}
        {isChanged && before !== null && <s className="quiet"> {before}</s>}
      </span>
      <span className="mono quiet origin">{origin}</span>
    </button>
  );
}

/** To the moment of the write; what is asked why about is this value. */
const visit = (
  moves: Moves,
  { t, thread, call, function: fn, module, nth }: NonNullable<StateRow['to']>,
): void =>
  moves.goTo({
    t,
    ...chosenCall({ thread, call }, fn, module),
    why: nth === null ? null : String(nth),
  });

/** What was not recorded, and how it would be. */
const NoState = () => (
  <div className="note">
    <p>No values were recorded up to here.</p>
    <p>
      <code>intellimap run --values 'src/**'</code> records arguments, results and writes of these functions:
      about 1 µs for a call whose values are kept, within a budget.
    </p>
  </div>
);
