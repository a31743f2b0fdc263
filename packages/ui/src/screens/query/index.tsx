/** SQL over the recordings. */
import { Download, Pin, Play, Square } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useAnswer } from '../../api/ask.ts';
import { type Command, useCommands } from '../../commands/registry.ts';
import { timeColumns } from '../../state/pins.ts';
import { useRun } from '../../state/run.ts';
import { choose, useSelection } from '../../state/selection.ts';
import { download } from '../../text/copy.ts';
import { csvOf } from '../../text/csv.ts';
import { count, plural } from '../../text/format.ts';
import { type Asking, ROWS, useSql } from './asking.ts';
import { Editor, type EditorHandle } from './editor.tsx';
import { Examples } from './examples.tsx';
import { remember } from './history.ts';
import { OPTION } from './options.ts';
import { pinAsTrack } from './pin.ts';
import './query.css';
import { ResultTable } from './result.tsx';
import { Side } from './side.tsx';

const Chart = lazy(() => import('./chart.tsx'));

/** What is written, while other screens are looked at. */
let draft = '';

export default function Query() {
  const run = useRun();
  const asking = useSql(run);
  const editor = useRef<EditorHandle>(null);
  const { data: tables = [] } = useAnswer('tables', {});
  // What the URL says is asked: a link shows the answer, not only the question.
  const wanted = useSelection(({ options }) => options[OPTION.sql]) ?? '';
  const [text, setText] = useState(wanted || draft);
  const { ask, cancel } = asking;
  draft = text;

  useEffect(() => {
    if (wanted === '') return;
    if (wanted !== draft) editor.current?.set(wanted);
    remember(wanted);
    ask(wanted);
  }, [wanted, ask]);
  useEffect(() => editor.current?.focus(), []);

  const submit = (): void => {
    const sql = draft.trim();
    if (sql === '') return;
    // Asked again where it is the same: an answer is of the moment.
    if (sql === wanted) ask(sql);
    else choose({ [OPTION.sql]: sql });
  };
  const pin = (): void => void pinAsTrack(draft.trim(), asking, run);
  const take = (sql: string): void => {
    editor.current?.set(sql);
    choose({ [OPTION.sql]: sql });
  };
  useCommands(
    useMemo<Command[]>(
      () => [
        { id: 'query.cancel', title: 'Stop the query', group: 'Query', keys: ['$mod+Period'], whileTyping: true, run: cancel }, // prettier-ignore
        {
          id: 'query.write',
          title: 'Write SQL',
          group: 'Query',
          keys: ['i'],
          run: () => editor.current?.focus(),
        },
        { id: 'query.run', title: 'Ask', group: 'Query', keys: ['$mod+Enter'], run: () => submit() },
        { id: 'query.pin', title: 'Ask, and pin into the cinema as a track', group: 'Query', keys: ['$mod+Shift+Enter'], run: () => pin() }, // prettier-ignore
      ],
      // oxlint-disable-next-line react-hooks/exhaustive-deps
      [cancel, wanted, asking.answer],
    ),
  );

  return (
    <div className="query">
      <h1 className="aside">Query</h1>
      <Side tables={tables} onTake={take} onInsert={(name) => editor.current?.insert(name)} />
      <section className="query-main">
        <div className="query-editor">
          <Editor
            ref={editor}
            start={text}
            tables={tables}
            wrongAt={asking.error?.at ?? null}
            onChange={setText}
            onRun={submit}
            onPin={pin}
          />
        </div>
        <div className="query-bar">
          {asking.isAsking ? (
            <button className="button small" onClick={cancel}>
              <Square size={12} aria-hidden /> Stop
            </button>
          ) : (
            <button className="button main small" disabled={text.trim() === ''} onClick={submit}>
              <Play size={12} fill="currentColor" aria-hidden /> Ask
            </button>
          )}
          <kbd className="key">Ctrl Enter</kbd>
          <Told asking={asking} onPin={pin} />
        </div>
        <Answer asking={asking} onTake={take} />
      </section>
    </div>
  );
}

function Told({ asking: { answer, isAsking, error }, onPin }: { asking: Asking; onPin: () => void }) {
  const form = useSelection(({ options }) => options[OPTION.form] ?? 'table');
  if (isAsking) return <span className="quiet">asking …</span>;
  if (error !== null || answer === null) return null;
  return (
    <>
      <span className="quiet" role="status">
        {plural(answer.rows.length, 'row')} in {count(Math.round(answer.ms))} ms
        {answer.more && `; there are more than ${count(ROWS)}: add a LIMIT, or use the command line`}
      </span>
      <span className="spread" />
      <div className="segments" role="group" aria-label="Form">
        {['table', 'chart'].map((each) => (
          <button
            key={each}
            aria-pressed={form === each}
            onClick={() => choose({ [OPTION.form]: each === 'table' ? null : each })}
          >
            {each === 'table' ? 'Table' : 'Chart'}
          </button>
        ))}
      </div>
      {timeColumns(answer.columns) !== null && (
        <button className="button small" title="Ctrl Shift Enter" onClick={onPin}>
          <Pin size={13} aria-hidden /> Pin as track
        </button>
      )}
      <button
        className="button small"
        onClick={() => download('answer.csv', 'text/csv', csvOf(answer.columns, answer.rows))}
      >
        <Download size={13} aria-hidden /> CSV
      </button>
    </>
  );
}

function Answer({
  asking: { answer, error, sql },
  onTake,
}: {
  asking: Asking;
  onTake: (sql: string) => void;
}) {
  const form = useSelection(({ options }) => options[OPTION.form] ?? 'table');
  if (error !== null)
    return (
      <div className="query-answer">
        <div className="query-error" role="alert">
          <pre>{error.message}</pre>
          {error.hint && <p>{error.hint}</p>}
        </div>
      </div>
    );
  if (answer === null) return <Examples onTake={onTake} />;
  if (answer.rows.length === 0)
    return <p className="query-note">No rows: nothing in this run is as the question wants it.</p>;
  return (
    <div className="query-answer">
      {form === 'chart' ? (
        <Suspense>
          <Chart answer={answer} />
        </Suspense>
      ) : (
        <ResultTable key={sql} answer={answer} />
      )}
    </div>
  );
}
