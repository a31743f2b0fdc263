/** A file → its property graph, or why there is none. I/O: that file. */
import { readSourceFile } from '../file/on-disk.ts';
import { type Done, graphOf } from '../file/of-tree.ts';

export interface Job {
  /** Relative to the workspace, with forward slashes. */
  path: string;
  absolute: string;
}

export const graphOfFile = ({ path, absolute }: Job): Done =>
  graphOf(path, () => readSourceFile(absolute, path));
