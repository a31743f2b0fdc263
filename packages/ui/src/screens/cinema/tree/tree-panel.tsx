/** What called what, around the playhead: over time, as a tree, or as the stack. */
import { useMemo } from 'react';
import { unpacked } from '../../../../../intellimap/src/base/packed.ts';
import type { CallTree } from '../../../../../intellimap/src/serve/contract.ts';
import { useAnswer } from '../../../api/ask.ts';
import { choose, useSelection } from '../../../state/selection.ts';
import { useRun } from '../../../state/run.ts';
import { callOf } from '../director/call.ts';
import { lookedAt } from '../director/live.ts';
import { useSettled } from '../director/settled.ts';
import { useShown } from '../director/shown.ts';
import type { Parts } from '../parts.ts';
import { FlameView } from './flame-view.tsx';
import { StackView } from './stack-view.tsx';
import { TreeView } from './tree-view.tsx';

const FORMS = ['Flame', 'Tree', 'Stack'] as const;

export function TreePanel({ parts }: { parts: Parts }) {
  const chosen = useSelection((selection) => selection.options['tree']);
  const form = FORMS.find((each) => each.toLowerCase() === chosen) ?? 'Flame';
  return (
    <section className="panel pane" aria-label="Call tree">
      <header>
        Call tree
        <span className="segments aright" role="group" aria-label="Form of the call tree">
          {FORMS.map((each) => (
            <button
              key={each}
              aria-pressed={each === form}
              onClick={() => choose({ tree: each.toLowerCase() })}
            >
              {each}
            </button>
          ))}
        </span>
      </header>
      {form === 'Stack' ? <StackView parts={parts} /> : <Below parts={parts} form={form} />}
    </section>
  );
}

/** Calls of the task that is looked at; of what runs without one, those below the lowest call of the stack. */
function Below({ parts, form }: { parts: Parts; form: 'Flame' | 'Tree' }) {
  const run = useRun();
  const frame = useSettled(useShown(parts.director.shown, (shown) => shown.frame));
  const selected = callOf(useSelection((selection) => selection.call));
  const looked = lookedAt(frame, selected);
  const thread = looked?.thread.thread ?? null;
  const task = looked?.call?.task ?? null;
  const root = looked?.stack[0]?.call ?? selected?.call ?? null;
  const by =
    thread === null || (task === null && root === null)
      ? null
      : { ...run, thread, ...(task === null ? { call: root! } : { task }) };
  const { data, error } = useAnswer('tree', by);
  const tree = useMemo(() => (data === undefined ? null : unpacked<CallTree>(data)), [data]);
  if (error !== null) return <p className="note">{error.message}</p>;
  if (tree === null || tree.call.length === 0)
    return <p className="note">Nothing runs here; . steps to what comes next.</p>;
  return (
    <>
      {form === 'Flame' ? <FlameView tree={tree} parts={parts} /> : <TreeView tree={tree} parts={parts} />}
      {tree.more > 0 && (
        <p className="note foot">{tree.more.toLocaleString('en-US')} shorter or deeper calls are not shown</p>
      )}
    </>
  );
}
