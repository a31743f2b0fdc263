/** Calls as an indented tree; rows in view are in the page. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { CallTree } from '../../../../../intellimap/src/serve/contract.ts';
import { steppedTo } from '../../../parts/table.tsx';
import { useSelection } from '../../../state/selection.ts';
import { duration } from '../../../text/format.ts';
import { callOf } from '../director/call.ts';
import type { Parts } from '../parts.ts';
import { beginningOf, functionOf, OPEN, openTo, rowOf, THREW, treeRows } from './flame.ts';

const ROW_PX = 24;

/** Rows of a tree that were opened (or closed: false) by hand. */
interface Touched {
  of: CallTree;
  rows: ReadonlyMap<number, boolean>;
}

const UNTOUCHED: Touched['rows'] = new Map();

export function TreeView({ tree, parts: { moves } }: { tree: CallTree; parts: Parts }) {
  const view = useRef<HTMLDivElement>(null);
  const at = rowOf(tree, callOf(useSelection((selection) => selection.call)));
  const [{ of, rows: kept }, setTouched] = useState<Touched>({ of: tree, rows: UNTOUCHED });
  // What was opened by hand in another tree says nothing about this one.
  const touched = of === tree ? kept : UNTOUCHED;
  const open = useMemo(() => {
    const set = new Set([...openTo(tree, at), ...(tree.call.length > 0 ? [0] : [])]);
    for (const [n, isOpen] of touched)
      if (isOpen) set.add(n);
      else set.delete(n);
    return set;
  }, [tree, at, touched]);
  const rows = useMemo(() => treeRows(tree, open), [tree, open]);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const chosen = rows.findIndex(({ n }) => n === at);
  useEffect(() => {
    if (chosen >= 0) list.scrollToIndex(chosen);
  }, [chosen, list]);

  const toggle = (n: number, isOpen: boolean): void =>
    setTouched({ of: tree, rows: new Map(touched).set(n, isOpen) });
  const choose = (n: number): void => moves.goTo(beginningOf(tree, n));
  function press(event: KeyboardEvent): void {
    const row = rows[chosen];
    const to = steppedTo(event.key, chosen, rows.length);
    if (to !== null) choose(rows[to].n);
    else if (event.key === 'ArrowRight' && row !== undefined) toggle(row.n, true);
    else if (event.key === 'ArrowLeft' && row !== undefined) toggle(row.n, false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div className="scroll" ref={view} role="tree" aria-label="Calls" tabIndex={0} onKeyDown={press}>
      <div className="virtual" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const { n, depth, children, isOpen } = rows[index];
          return (
            <div
              key={n}
              role="treeitem"
              aria-level={depth + 1}
              aria-selected={n === at}
              aria-expanded={children === 0 ? undefined : isOpen}
              className="row tree-row"
              style={{ transform: `translateY(${start}px)`, paddingLeft: 8 + Math.min(depth, 24) * 14 }}
              onClick={() => choose(n)}
            >
              <button
                className="twist"
                tabIndex={-1}
                aria-hidden
                onClick={(event) => {
                  event.stopPropagation();
                  toggle(n, !isOpen);
                }}
              >
                {children === 0 ? '' : isOpen ? '▾' : '▸'}
              </button>
              <span className={tree.flags[n] & THREW ? 'mono name bad' : 'mono name'}>
                {functionOf(tree, n)?.name ?? '(unknown)'}
                {tree.flags[n] & THREW ? ' ✕' : ''}
              </span>
              <span className="quiet aright">
                {tree.flags[n] & OPEN || Number.isNaN(tree.duration[n])
                  ? 'not ended'
                  : duration(tree.duration[n])}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
