/** The source at the playhead. The editor is a chunk of its own, and lives in a shadow root: the page's policy allows no style elements. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useAnswer } from '../../../api/ask.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useRun } from '../../../state/run.ts';
import { useSelection } from '../../../state/selection.ts';
import { callOf } from '../director/call.ts';
import { isPlaceOnly, lookedAt } from '../director/live.ts';
import { useSettled } from '../director/settled.ts';
import { useShown } from '../director/shown.ts';
import type { Parts } from '../parts.ts';
import type { Editor } from './editor.ts';
import { endedAt, type LineMark, marksOf } from './marks.ts';
import { Repeated } from './repeated-hint.tsx';

const NONE: ReadonlyMap<number, LineMark> = new Map();

/** Another file is dear to show: while the playhead moves, files go by at this pace. */
const FILE_MS = 300;

export function Source({ parts }: { parts: Parts }) {
  const run = useRun();
  const frame = useSettled(
    useShown(parts.director.shown, (shown) => shown.frame),
    FILE_MS,
  );
  const step = useShown(parts.director.shown, (shown) => shown.step);
  const selectedCall = useSelection((selection) => selection.call);
  const selected = callOf(selectedCall);
  const chosen = useSelection((selection) => selection.module);
  const chosenFunction = useSelection((selection) => selection.function);
  const looked = lookedAt(frame, selected);
  const isPlace = isPlaceOnly(
    { call: selectedCall, function: chosenFunction, module: chosen },
    looked?.call ?? null,
  );
  // A call that was selected and has ended by now, e.g. by an exception just here, is still what a person looks at.
  const isLive = !isPlace && (selected === null || looked?.call?.call === selected.call || chosen === null);
  const live = isLive ? (looked?.call ?? null) : null;
  const call = isLive
    ? live === null
      ? null
      : { thread: looked!.thread.thread, call: live.call }
    : selected;
  const path = live !== null && live.path !== '' ? live.path : chosen;
  const { data: source, error } = useAnswer('source', path === null ? null : { ...run, path });
  const shown = source?.path === path ? source : undefined;
  const { data: found } = useAnswer('lines', path === null ? null : { ...run, path, ...call });
  const lines = found !== undefined && found.path === path ? found : null;
  const now = live?.path === path ? (live?.at ?? 0) : lines === null ? 0 : endedAt(lines);
  const marks = useMemo(() => (lines === null ? NONE : marksOf(lines, now)), [lines, now]);
  const place = isPlace ? lines?.functions.find(({ id }) => id === chosenFunction) : undefined;
  const name =
    live?.name ??
    place?.name ??
    lines?.functions.find(({ line }) => line === lines.callRange?.line)?.name ??
    null;
  const isThrowing =
    (!isPlace && step !== null && step.t === frame?.t && (step.kind === 'throw' || step.kind === 'error')) ||
    marks.get(now)?.isError === true;
  return (
    <section className="panel pane source" aria-label="Source at the playhead">
      <header>
        <span className="mono">{path ?? 'Source'}</span>
        {isThrowing && <span className="chip bad small">throws here</span>}
        <Repeated of={live?.id ?? chosenFunction} />
        {shown?.isRecorded === false && (
          <span className="chip small" title="The file was changed since: lines may be off">
            changed since
          </span>
        )}
        {name !== null && (
          <span className="aright quiet calls">
            {name}
            <button
              aria-label="Previous call of this function"
              title="Previous call of this function (<)"
              onClick={() => runCommand('cinema.previous-call')}
            >
              ◀
            </button>
            <button
              aria-label="Next call of this function"
              title="Next call of this function (>)"
              onClick={() => runCommand('cinema.next-call')}
            >
              ▶
            </button>
          </span>
        )}
      </header>
      {path === null ? (
        <p className="note">Select a call, or press . to step to what runs next: its source stands here.</p>
      ) : error !== null ? (
        <p className="note">
          {error.message} {error.hint}
        </p>
      ) : shown !== undefined && shown.text === null ? (
        <p className="note">
          {path} is not where it was recorded from any more; check out the commit of the run to see it.
        </p>
      ) : (
        <Text
          text={shown?.text ?? null}
          path={path}
          marks={marks}
          line={lines === null ? 0 : now || (live?.line ?? place?.line ?? 0)}
        />
      )}
      {lines !== null && lines.unknown.length > 0 && (
        <p className="note foot" title={lines.unknown.join('\n')}>
          {lines.unknown[0]}
        </p>
      )}
    </section>
  );
}

interface TextProps {
  /** null: on its way; what was there stays. */
  text: string | null;
  path: string;
  marks: ReadonlyMap<number, LineMark>;
  /** Comes into view; 0: none. */
  line: number;
}

function Text({ text, path, marks, line }: TextProps) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  useEffect(() => {
    let made: Editor | null = null;
    let isGone = false;
    void import('./editor.ts').then(({ createEditor }) => {
      if (isGone || host.current === null) return;
      made = createEditor(host.current);
      setEditor(made);
    });
    return () => {
      isGone = true;
      made?.destroy();
      setEditor(null);
    };
  }, []);
  useEffect(() => {
    if (text !== null) editor?.open(path, text);
  }, [editor, path, text]);
  useEffect(() => editor?.mark(marks), [editor, marks, text]);
  useEffect(() => {
    if (line > 0 && text !== null) editor?.reveal(line);
  }, [editor, line, path, text]);
  return <div ref={host} className="code" />;
}
