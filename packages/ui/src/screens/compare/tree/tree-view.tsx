/** Both runs as one tree of calls, in three forms over one choice. */
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { unpacked } from '../../../../../intellimap/src/base/packed.ts';
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';
import { useAnswer } from '../../../api/ask.ts';
import { useCommands } from '../../../commands/registry.ts';
import { Failed, Notice, Waiting } from '../../../parts/notice.tsx';
import { choose, go, selection, useSelection } from '../../../state/selection.ts';
import { count } from '../../../text/format.ts';
import { OPTION } from '../options.ts';
import { treeCommands } from './commands.ts';
import type { FlameDrawing } from './drawing.ts';
import { FlameView } from './flame-view.tsx';
import { MEASURE_NAMES, MEASURES } from './figures.ts';
import { flameOf, pathKey, pathsOf } from './flame.ts';
import { PathInspector } from './inspector.tsx';
import { Legend } from './legend.tsx';
import type { Shown } from './paint.ts';
import { PathTable } from './path-table.tsx';
import { UnmatchedTable } from './unmatched.tsx';

export function TreeView(pair: { run: string; against: string }) {
  const wanted = useSelection(({ options }) => options[OPTION.measure]);
  const measure = MEASURE_NAMES.find((each) => each === wanted);
  const asked = { ...pair, ...(measure !== undefined && { measure }) };
  const { data, error, refetch } = useAnswer('compareTree', asked);
  const tree = useMemo(() => (data === undefined ? null : unpacked<CompareTree>(data)), [data]);
  if (tree === null)
    return error === null ? (
      <Waiting>Aligning the calls of both runs …</Waiting>
    ) : (
      <Failed error={error} retry={() => void refetch()} />
    );
  return <Tree tree={tree} />;
}

function Tree({ tree }: { tree: CompareTree }) {
  const wanted = useSelection(({ options }) => options[OPTION.form]);
  // Without a tree there are still functions of one run only.
  const form = tree.measures.length === 0 || wanted === 'one' ? 'one' : wanted === 'table' ? 'table' : 'flame';
  const shown = useShown(tree);
  const { flame, chosen } = shown;
  const drawing = useRef<FlameDrawing | null>(null);
  const chooseRow = useCallback((row: number) => choosePath(tree, row), [tree]);
  useCommands(useMemo(() => treeCommands({ flame, drawing, choose: chooseRow }), [flame, chooseRow]));
  useEffect(() => drawing.current?.reveal(chosen), [chosen, flame]);
  return (
    <>
      <Tools tree={tree} form={form} />
      <div className={chosen < 0 || form === 'one' ? 'compare-body' : 'compare-body split'}>
        {form === 'one' ? (
          <UnmatchedTable all={tree.unmatched} />
        ) : tree.parent.length === 0 ? (
          <Notice title="Neither run called anything that was recorded" />
        ) : form === 'table' ? (
          <PathTable tree={tree} chosen={chosen} onChoose={chooseRow} onOpen={(row) => openInFlame(tree, row)} />
        ) : (
          <FlameView shown={shown} onChoose={chooseRow} drawing={drawing} />
        )}
        {chosen >= 0 && form !== 'one' && <PathInspector flame={flame} row={chosen} onChoose={chooseRow} />}
      </div>
      {tree.measures.length > 0 && form !== 'one' && <Legend tree={tree} />}
    </>
  );
} // prettier-ignore

/** The chosen path; of a function that was chosen elsewhere, its heaviest one. */
function useShown(tree: CompareTree): Shown {
  const flame = useMemo(() => flameOf(tree), [tree]);
  const id = useSelection((selected) => selected.function);
  const key = useSelection(({ options }) => options[OPTION.path]);
  return useMemo(() => {
    const { rows, chosen } = pathsOf(tree, id, key);
    return { flame, chosen, alike: new Set(rows) };
  }, [tree, flame, id, key]);
}

/** -1: none. */
function choosePath(tree: CompareTree, row: number): void {
  const { options } = selection.getState();
  const { [OPTION.path]: _, ...others } = options;
  if (row < 0) return go({ function: null, module: null, call: null, options: others });
  const { id, path } = tree.functions[tree.fn[row]];
  const key = { [OPTION.path]: pathKey(tree, row) };
  go({ function: id, module: path, call: null, options: { ...others, ...key } }, { replace: true });
}

function openInFlame(tree: CompareTree, row: number): void {
  choosePath(tree, row);
  choose({ [OPTION.form]: null });
}

function Tools({ tree: { measure, measures, unmatched }, form }: { tree: CompareTree; form: string }) {
  return (
    <div className="compare-filters">
      <div className="segments" role="group" aria-label="Form">
        {FORMS.map(([id, title, meaning]) => (
          <button
            key={id}
            aria-pressed={form === id}
            title={meaning}
            disabled={measures.length === 0 && id !== 'one'}
            onClick={() => choose({ [OPTION.form]: id === 'flame' ? null : id })}
          >
            {title}
            {id === 'one' && <span className="quiet"> {count(unmatched.length)}</span>}
          </button>
        ))}
      </div>
      {measures.length === 0 ? (
        <span className="doubt">
          One of the runs does not know who called whom: record both with the tier edges, or performance.
        </span>
      ) : (
        <div className="segments" role="group" aria-label="What the tree measures">
          {MEASURE_NAMES.map((each) => (
            <button
              key={each}
              aria-pressed={each === measure}
              disabled={!measures.includes(each)}
              title={measures.includes(each) ? MEASURES[each].meaning : 'One of the runs took no times'}
              onClick={() => choose({ [OPTION.measure]: each === 'work' ? null : each })}
            >
              {MEASURES[each].title}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const FORMS = [
  ['flame', 'Flame', 'Callers above, what they call below; as wide as the longer run'],
  ['table', 'Table', 'The same as a table (T)'],
  ['one', 'In one run only', 'Functions that have no counterpart in the other run'],
] as const;
