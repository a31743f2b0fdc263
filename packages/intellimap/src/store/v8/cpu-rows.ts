/** A thread's call tree and samples → rows. Pure. */
import { groupedBy } from '../../base/groups.ts';
import type { Micros } from '../../base/recording.ts';
import type { RowOf } from '../../schema/index.ts';
import type { CallNode, CallTree, FrameSource } from './profile.ts';
import { isOwnScript, nameOf, type ProcessTexts } from './scripts.ts';
import type { TextPlaces } from './text-places.ts';

export interface CpuInput {
  run: string;
  root: string;
  thread: number;
  tree: CallTree;
  texts: ProcessTexts;
}

export function cpuNodeRows({ run, root, thread, tree, texts }: CpuInput): RowOf<'cpu_nodes'>[] {
  const scripts = scriptsOf(tree.nodes, texts);
  return tree.nodes.map(({ parent, frame, source }, index) => {
    const { functionName, scriptId, url, lineNumber, columnNumber } = frame;
    const shared = {
      run_id: run,
      thread_id: thread,
      node_id: index + 1,
      parent_id: parent < 0 ? null : parent + 1,
    };
    if (source !== undefined) return { ...shared, ...sourced(functionName, source) };
    const places = scripts.get(scriptId);
    const ran = places?.ran(lineNumber, columnNumber);
    const ordinal = ran === undefined ? undefined : places!.functionAt(ran);
    const site = ordinal === undefined ? undefined : places!.site(ordinal);
    const known = ran === undefined ? undefined : places!.place(places!.given(ran));
    return {
      ...shared,
      name: functionName === '' ? (site?.name ?? '(anonymous)') : functionName,
      path: places?.table.path ?? nameOf(url, root),
      line: site?.line ?? known?.line ?? (lineNumber < 0 || isOwnScript(url) ? null : lineNumber + 1),
      ast_node_id: site?.id ?? null,
    };
  });
}

/** Recordings are not to be trusted: a field may hold anything. */
function sourced(name: string, { path, line, id, name: own }: FrameSource) {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const first = Number.isInteger(line) && (line as number) > 0 && (line as number) < 2 ** 31 ? line : null;
  const known = name === '' ? text(own) : name;
  return { name: known ?? '(anonymous)', path: text(path), line: first, ast_node_id: text(id) };
}

/** Of a path there may be several versions: the one is taken in which most functions begin where functions do. */
function scriptsOf(nodes: readonly CallNode[], texts: ProcessTexts): Map<string, TextPlaces> {
  const found = new Map<string, TextPlaces>();
  for (const [script, [first, ...others]] of groupedBy(nodes, ({ frame }) => frame.scriptId)) {
    const fit = (places: TextPlaces): number =>
      [first, ...others].filter(({ frame }) => {
        const ran = places.ran(frame.lineNumber, frame.columnNumber);
        return ran !== undefined && places.functionAt(ran) !== undefined;
      }).length;
    const places = texts.find(first.frame.url, fit);
    if (places !== undefined) found.set(script, places);
  }
  return found;
}

/** Samples as columns; times in µs since the run began. */
export interface SampleColumns {
  thread: number;
  at: (row: number) => number;
  weight: (row: number) => number;
  node: (row: number) => number;
  count: number;
}

export const sampleColumns = (thread: number, tree: CallTree, started: Micros): SampleColumns => ({
  thread,
  count: tree.at.length,
  at: (row) => tree.at[row] - started,
  weight: (row) => tree.weight[row],
  node: (row) => tree.node[row] + 1,
});
