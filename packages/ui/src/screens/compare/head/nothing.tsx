/** What stands here while there are no two runs: why, and what to do. */
import { ComparePicker, RunPicker } from '../../../frame/run-picker.tsx';
import { Notice, Terminal } from '../../../parts/notice.tsx';
import { recordingOf } from '../../../state/recording.ts';
import type { RunLine } from '../../../state/run.ts';

export const NoRun = ({ suggestion }: { suggestion: string }) => (
  <Notice title="There is nothing to compare: nothing was recorded here yet">
    <p>Record this project twice, before a change and after it:</p>
    <Terminal>{suggestion}</Terminal>
  </Notice>
);

/** No complete run of the same command before it; others may be there. */
export function NoOther({ runs, run }: { runs: readonly RunLine[]; run: RunLine }) {
  const hasOthers = runs.length > 1;
  return (
    <div className="compare-nothing">
      <Notice
        title={
          hasOthers
            ? 'No earlier complete run of the same command and tier is there to compare with'
            : 'This is the only run: there is nothing to compare it with yet'
        }
      >
        <p>Make the change, and record the same command again; the two are compared by themselves:</p>
        <p>
          <Terminal>{`intellimap run -- ${recordingOf(run)}`}</Terminal>
        </p>
        <p>Keep this run as what later builds are compared with (its figures, as the baseline “main”):</p>
        <p>
          <Terminal>{`intellimap baseline save main --runs ${run.id}`}</Terminal>
        </p>
        {hasOthers && (
          <>
            <p>Or choose any other run; what makes the two hard to compare is told then:</p>
            <div className="compare-runs">
              <span className="compare-side">A</span>
              <ComparePicker runs={runs} run={run.id} against={null} />
              <span className="compare-side">B</span>
              <RunPicker runs={runs} run={run} />
            </div>
          </>
        )}
      </Notice>
    </div>
  );
}
