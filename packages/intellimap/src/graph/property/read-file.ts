/** A file → its property graph, or why there is none. I/O: that file. */
import { readSourceFile } from '../file/on-disk.ts';
import { type FileGraph, graphOfSource } from './of-file.ts';

export interface Job {
  /** Relative to the workspace, with forward slashes. */
  path: string;
  absolute: string;
}

/** `problem`: why there is no graph of it. */
export type Done = { path: string; graph: FileGraph } | { path: string; problem: string };

export function graphOfFile({ path, absolute }: Job): Done {
  try {
    return { path, graph: graphOfSource(readSourceFile(absolute, path)) };
  } catch (error) {
    return { path, problem: (error as Error).message };
  }
}
