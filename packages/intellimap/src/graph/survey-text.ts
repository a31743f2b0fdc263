/** A program text as it lies on disk → its rows in all tables about the text. I/O: that file. */
import { readFileSync } from 'node:fs';
import type { RowOf } from '../schema/index.ts';
import { contentHash, readFile } from '../transform/index.ts';
import { type Done, type Figures, figuresOf, ofTree } from './file/of-tree.ts';
import { sourceOptions } from './file/on-disk.ts';
import { SourceFile } from './file/source-file.ts';
import { roleOf, stateOf } from './files.ts';
import { graphOfFile } from './property/read-file.ts';
import { type FileRows, surveyRead } from './survey/file.ts';

export type FileRow = RowOf<'source_files'>;

/** Raise it when a survey finds something else in the same text. */
export const SURVEY_VERSION = 15;

/** Rows of a file, what it says of calls, as text, and figures of its functions. */
export type SurveyedFile = FileRows & Figures;

/** A text that was read, and not yet looked at. */
export interface TextOnDisk {
  path: string;
  absolute: string;
  text: string;
  hash: string;
  bytes: number;
  modifiedAt: number;
}

/** @param path relative to the workspace, with forward slashes */
export function textOnDisk(path: string, absolute: string): TextOnDisk {
  // Written to meanwhile, it has a later time than this, and is read again.
  const state = stateOf(absolute);
  const text = readFileSync(absolute, 'utf8');
  return { path, absolute, text, hash: contentHash(text), ...state };
}

export interface TextSurvey {
  /** Without what its surroundings say: package and entry. */
  row: FileRow;
  rows: SurveyedFile;
}

export function surveyText(given: TextOnDisk): TextSurvey {
  const { rows, file, problem } = read(given);
  return survey(given, rows, file === null ? NO_FIGURES : figuresOf(file), problem);
}

/** The same, with its graph. */
export function surveyWholly(given: TextOnDisk): TextSurvey & { graph: Done } {
  const { rows, file, problem } = read(given);
  if (file === null) return { ...survey(given, rows, NO_FIGURES, problem), graph: graphOfFile(given) };
  const { graph, ...figures } = ofTree(given.path, file);
  return { ...survey(given, rows, figures, problem), graph };
}

const NO_FIGURES: Figures = { calls: '', metrics: [] };

function survey(
  { path, hash, bytes, modifiedAt }: TextOnDisk,
  rows: FileRows,
  { calls, metrics }: Figures,
  problem: string | null,
): TextSurvey {
  const row: FileRow = {
    path,
    package: '',
    role: rows.typesOnly ? 'declaration' : roleOf(path),
    entry: null,
    content_hash: hash,
    bytes,
    modified_at: modifiedAt,
    lines: rows.lines,
    problem,
    surveyed_by: SURVEY_VERSION,
  };
  return { row, rows: { ...rows, calls, metrics } };
}

const EMPTY: FileRows = {
  functions: [],
  holders: [],
  references: [],
  imports: [],
  exports: [],
  flagReads: [],
  flagSides: [],
  lines: 0,
  typesOnly: false,
};

interface Read {
  rows: FileRows;
  /** null: it could not be read. */
  file: (() => SourceFile) | null;
  problem: string | null;
}

function read({ path, absolute, text }: TextOnDisk): Read {
  try {
    const options = sourceOptions(path, absolute, text);
    const tree = readFile(text, options);
    const rows = surveyRead(tree, text, options.lang);
    return { rows, file: () => new SourceFile(text, options, tree), problem: null };
  } catch (error) {
    const rows = { ...EMPTY, lines: text.split('\n').length };
    return { rows, file: null, problem: (error as Error).message };
  }
}
