/** A file → its property graph, or why there is none. I/O: that file. */
import { readFileSync } from 'node:fs';
import { languageOf } from '../../load/scope.ts';
import { goalOf } from '../files.ts';
import { type FileGraph, graphOfText } from './of-file.ts';

export interface Job {
  /** Relative to the workspace, with forward slashes. */
  path: string;
  absolute: string;
}

/** `problem`: why there is no graph of it. */
export type Done = { path: string; graph: FileGraph } | { path: string; problem: string };

export function graphOfFile({ path, absolute }: Job): Done {
  try {
    const text = readFileSync(absolute, 'utf8');
    const lang = languageOf(path) ?? 'js';
    return { path, graph: graphOfText(text, path, { lang, goal: goalOf(absolute, text) }) };
  } catch (error) {
    return { path, problem: (error as Error).message };
  }
}
