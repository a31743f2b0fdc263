/** The stack at the playhead, innermost first; below it what waits. */
import { useSelection } from '../../../state/selection.ts';
import { duration } from '../../../text/format.ts';
import { callOf, chosenCall } from '../director/call.ts';
import { lookedAt, type Looked } from '../director/live.ts';
import { useShown } from '../director/shown.ts';
import type { Parts } from '../parts.ts';

export function StackView({ parts }: { parts: Parts }) {
  const frame = useShown(parts.director.shown, (shown) => shown.frame);
  const selected = callOf(useSelection((selection) => selection.call));
  const looked = lookedAt(frame, selected);
  if (looked === null || frame === null) return <p className="note">Nothing is known of this moment.</p>;
  const { thread, stack } = looked;
  const line = (call: LineProps['call']) => (
    <Line
      key={call.call}
      call={call}
      thread={thread.thread}
      t={frame.t}
      isChosen={call.call === looked.call?.call}
      parts={parts}
    />
  );
  return (
    <div className="scroll">
      {stack.toReversed().map(line)}
      {stack.length === 0 && (
        <p className="note">
          {thread.phase === 'idle'
            ? `Idle${thread.next === null ? '' : `; the next event comes in ${duration(thread.next - frame.t)}`}`
            : PHASES[thread.phase]}
        </p>
      )}
      {thread.suspended.length > 0 && <h4 className="quiet">Waiting at await or yield</h4>}
      {thread.suspended.map(line)}
      {thread.suspendedMore > 0 && <p className="note">and {thread.suspendedMore} more</p>}
    </div>
  );
}

const PHASES: Record<Looked['thread']['phase'], string> = {
  running: 'A function that is not recorded runs.',
  idle: 'Idle.',
  before: 'This thread has not begun yet.',
  after: 'This thread has ended.',
  unknown: 'What was recorded of this moment is damaged, or was let go.',
};

interface LineProps {
  call: NonNullable<Looked['call']>;
  thread: number;
  t: number;
  isChosen: boolean;
  parts: Parts;
}

function Line({ call, thread, t, isChosen, parts }: LineProps) {
  return (
    <button
      className="row stack-row"
      aria-current={isChosen || undefined}
      onClick={() =>
        parts.moves.goTo({
          t,
          ...chosenCall({ thread, call: call.call }, call.id, call.path),
        })
      }
    >
      <span className="mono name">{call.name}</span>
      <span className="mono quiet">
        {call.path === '' ? '' : `${call.path.slice(call.path.lastIndexOf('/') + 1)}:${call.at}`}
      </span>
      <span className="quiet aright">{call.since === null ? '' : `for ${duration(t - call.since)}`}</span>
    </button>
  );
}
