/** What is known of a text by its tree: what it says of calls, figures of its functions, its graph. Pure. */
import type { RowOf } from '../../schema/index.ts';
import { callsOf } from '../calls/of-file.ts';
import { storedFacts } from '../calls/stored.ts';
import { metricRows } from '../metrics/rows.ts';
import { type FileGraph, graphOfSource } from '../property/of-file.ts';
import type { SourceFile } from './source-file.ts';

/** Both empty where they cannot be had. */
export interface Figures {
  /** As text, see `storedFacts`. */
  calls: string;
  metrics: RowOf<'function_metrics'>[];
}

/** Nothing else that is known of a file shall depend on these. */
export function figuresOf(made: () => SourceFile): Figures {
  try {
    const file = made();
    return { calls: storedFacts(callsOf(file)), metrics: metricRows(file) };
  } catch {
    return { calls: '', metrics: [] };
  }
}

/** `problem`: why there is no graph of it. */
export type Done = { path: string; graph: FileGraph } | { path: string; problem: string };

export function graphOf(path: string, made: () => SourceFile): Done {
  try {
    return { path, graph: graphOfSource(made()) };
  } catch (error) {
    return { path, problem: (error as Error).message };
  }
}

export interface OfTree extends Figures {
  graph: Done;
}

/** @param made throws what it throws, once or twice */
export function ofTree(path: string, made: () => SourceFile): OfTree {
  let file: SourceFile | undefined;
  const once = (): SourceFile => (file ??= made());
  return { ...figuresOf(once), graph: graphOf(path, once) };
}
