/**
 * A workspace as it lies on disk → what changed since it was looked at last. I/O: reads program texts, package.json files and
 * tools' configuration. Texts are parsed only when their size or time changed; parsing takes about 12 µs a line.
 */
import { readFileSync } from 'node:fs';
import type { Scope } from '../load/scope.ts';
import { scopeFor } from '../load/node-scope.ts';
import type { RowOf } from '../schema/index.ts';
import { contentHash, readFile } from '../transform/index.ts';
import { type CallRows, callRows } from './calls/rows.ts';
import { callsOf } from './calls/of-file.ts';
import { readFacts, storedFacts } from './calls/stored.ts';
import { namesInData } from './data-names.ts';
import { dependencyRows } from './dependencies.ts';
import { entriesOf } from './entries.ts';
import { sourceOptions } from './file/on-disk.ts';
import { SourceFile } from './file/source-file.ts';
import { filesIn, roleOf, stateOf } from './files.ts';
import { ignoredBy } from './ignored.ts';
import { metricRows } from './metrics/rows.ts';
import { type Manifest, ownerOf, readManifests } from './packages.ts';
import { createResolver } from './resolve.ts';
import { type FileRows, surveyRead } from './survey/file.ts';

type FileRow = RowOf<'source_files'>;

/** Raise it when a survey finds something else in the same text. */
const SURVEY_VERSION = 12;

export interface Survey {
  /** All files there are. */
  files: FileRow[];
  /** Rows of those that are new or changed. */
  changed: Map<string, SurveyedFile>;
  packages: RowOf<'source_packages'>[];
  dependencies: RowOf<'dependencies'>[];
  /** References in files of data to such names. */
  namesInData: (wanted: ReadonlySet<string>) => RowOf<'source_references'>[];
  /** File of the workspace that a specifier leads to; null: none. */
  target: (from: string, specifier: string) => string | null;
  /** The call graph of all files, from what was kept of each: `SurveyedFile.calls`. */
  linkCalls: (calls: readonly string[]) => CallRows;
}

/** Rows of a file, what it says of calls, as text, and figures of its functions. */
export interface SurveyedFile extends FileRows {
  calls: string;
  metrics: RowOf<'function_metrics'>[];
}

export interface SurveyOptions {
  scope?: Scope;
  /** Told how far it is, 0 … 1. */
  onProgress?: (share: number) => void;
}

export function surveyWorkspace(
  root: string,
  known: readonly FileRow[],
  options: SurveyOptions = {},
): Survey {
  const scope = options.scope ?? scopeFor(root, { include: [], exclude: [] });
  const before = new Map(known.map((row) => [row.path, row]));
  const isIgnored = ignoredBy(root);
  const found = [...filesIn(root, scope)].filter((path) => !isIgnored(scope.name(path)));
  const changed = new Map<string, SurveyedFile>();
  const drafts = found.map((absolute, index) => {
    if (index % 50 === 0) options.onProgress?.(index / found.length);
    return fileRow(absolute, scope.name(absolute), before, changed);
  });
  const paths = new Set(drafts.map(({ path }) => path));
  const manifests = readManifests(root, paths);
  const entries = entriesOf(root, paths, manifests);
  const { target } = createResolver(root, paths, manifests);
  return {
    files: drafts.map((row) => ({
      ...row,
      package: ownerOf(row.path, manifests),
      entry: entries.get(row.path) ?? null,
    })),
    changed,
    packages: manifests.map(packageRow),
    dependencies: dependencyRows(root, manifests),
    namesInData: (wanted) => namesInData(root, wanted).map(dataReference),
    target,
    linkCalls: (calls) => callRows(calls.map(readFacts), target),
  };
}

function fileRow(
  absolute: string,
  path: string,
  before: Map<string, FileRow>,
  changed: Map<string, SurveyedFile>,
): FileRow {
  const { bytes, modifiedAt } = stateOf(absolute);
  const known = before.get(path);
  const isSame =
    known?.bytes === bytes && known.modified_at === modifiedAt && known.surveyed_by === SURVEY_VERSION;
  if (isSame) return known;
  const text = readFileSync(absolute, 'utf8');
  const { rows, problem } = rowsOf(text, path, absolute);
  changed.set(path, rows);
  return {
    path,
    package: '',
    role: rows.typesOnly ? 'declaration' : roleOf(path),
    entry: null,
    content_hash: contentHash(text),
    bytes,
    modified_at: modifiedAt,
    lines: rows.lines,
    problem,
    surveyed_by: SURVEY_VERSION,
  };
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

function rowsOf(text: string, path: string, absolute: string): { rows: SurveyedFile; problem: string | null } {
  try {
    const options = sourceOptions(path, absolute, text);
    const read = readFile(text, options);
    const rows = surveyRead(read, text, options.lang);
    return { rows: { ...rows, ...ofTree(() => new SourceFile(text, options, read)) }, problem: null };
  } catch (error) {
    return { rows: { ...EMPTY, lines: text.split('\n').length, calls: '', metrics: [] }, problem: (error as Error).message };
  }
} // prettier-ignore

/** What it says of calls, and its figures. Nothing else that is known of a file shall depend on these. */
function ofTree(made: () => SourceFile): Pick<SurveyedFile, 'calls' | 'metrics'> {
  try {
    const file = made();
    return { calls: storedFacts(callsOf(file)), metrics: metricRows(file) };
  } catch {
    return { calls: '', metrics: [] };
  }
}

const dataReference = ([path, name]: [string, string]): RowOf<'source_references'> => ({
  path,
  src: '*',
  kind: 'string',
  dst: null,
  specifier: null,
  name,
  via: null,
});

const packageRow = ({ folder, name, private: isPrivate, problem }: Manifest): RowOf<'source_packages'> => ({
  folder,
  name: name ?? null,
  private: isPrivate ?? false,
  problem: problem ?? null,
});
