/** A report without findings: nothing was found, or it cannot be told, and why. */
import { useAnswer, type Answered } from '../../api/ask.ts';
import { Notice, Terminal } from '../../parts/notice.tsx';
import { recordingOf } from '../../state/recording.ts';
import { useRun, useRunLine } from '../../state/run.ts';
import { plural } from '../../text/format.ts';
import { watched } from '../../text/watched.ts';

export function Empty({ answer: { holds, why } }: { answer: Answered<'report'> }) {
  const run = useRunLine();
  const { data: summary } = useAnswer('summary', useRun());
  if (holds === 'failed')
    return (
      <Notice title="This analysis failed" tone="bad">
        <p>{why}. The other reports are not concerned.</p>
      </Notice>
    );
  if (holds === 'unknown') {
    const option = /--[\w-]+(?: \w+(?:\|\w+)*)?/.exec(why ?? '')?.[0];
    return (
      <Notice title="This run cannot tell">
        <p>{why}.</p>
        {option !== undefined && run !== null && (
          <Terminal>{`npx intellimap run ${option.split('|')[0]} -- ${recordingOf(run)}`}</Terminal>
        )}
      </Notice>
    );
  }
  return (
    <Notice title="Nothing found" tone="good">
      {summary && (
        <p>
          Looked at {watched(summary)}, and the text of {plural(summary.modules.all, 'file')}.
        </p>
      )}
    </Notice>
  );
}
