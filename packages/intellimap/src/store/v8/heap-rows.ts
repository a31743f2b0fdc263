/** What lived in the heap of a thread → rows. Pure. */
import type { RowOf } from '../../schema/index.ts';
import type { HeapSummary } from './heap-summary.ts';
import { nameOf, type ProcessTexts } from './scripts.ts';

export interface HeapInput {
  run: string;
  root: string;
  thread: number;
  snapshot: number;
  /** µs since the run began. */
  at: number;
  summary: HeapSummary;
  texts: ProcessTexts;
}

export function heapRows(input: HeapInput): RowOf<'heap_constructors'>[] {
  const { run, root, thread, snapshot, at, summary, texts } = input;
  return summary.constructors.map((each) => {
    const { script = '', line, column } = each;
    const places = texts.find(script, () => 0);
    const ran = line === undefined || column === undefined ? undefined : places?.ran(line, column);
    const ordinal = ran === undefined ? undefined : places?.functionAt(ran);
    const site = ordinal === undefined ? undefined : places?.site(ordinal);
    return {
      run_id: run,
      thread_id: thread,
      snapshot,
      at_us: at,
      constructor: each.name,
      path: places?.table.path ?? nameOf(script, root),
      // A class without a constructor of its own begins where something else does.
      ast_node_id: site === undefined || site.kind === 'module' ? null : site.id,
      objects: each.objects,
      self_bytes: each.selfBytes,
      retained_bytes: each.retainedBytes,
      held_by: each.heldBy ?? null,
    };
  });
}
