/** A report without findings: nothing was found, or it cannot be told, and why. */
import { useAnswer, type Answered } from '../../api/ask.ts';
import { Notice, Terminal } from '../../parts/notice.tsx';
import { commandOf, useRun, useRunLine } from '../../state/run.ts';
import { count, short } from '../../text/format.ts';

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
          <Terminal>{`npx intellimap run ${option.split('|')[0]} -- ${commandOf(run)}`}</Terminal>
        )}
      </Notice>
    );
  }
  return (
    <Notice title="Nothing found" tone="good">
      {summary && (
        <p>
          Looked at {short(summary.calls)} calls of {count(summary.functions.hit)} functions in{' '}
          {count(summary.tasks.count)} tasks, and the text of {count(summary.modules.all)} files.
        </p>
      )}
    </Notice>
  );
}
