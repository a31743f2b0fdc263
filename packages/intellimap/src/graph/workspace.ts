/**
 * A workspace as it lies on disk → what changed since it was looked at last. I/O: reads program texts, package.json files and
 * tools' configuration. Texts are parsed only when their size or time changed; parsing takes about 12 µs a line.
 */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Scope } from '../load/scope.ts';
import { scopeFor } from '../load/node-scope.ts';
import { forgetPackageTypes } from '../load/package-type.ts';
import type { RowOf } from '../schema/index.ts';
import { type CallRows, callRows } from './calls/rows.ts';
import { readFacts } from './calls/stored.ts';
import { sourceOfCompiled } from './compiled.ts';
import { type DataNames, dataNames, namesInData } from './data-names.ts';
import { dependencyRows } from './dependencies.ts';
import { entriesOf } from './entries.ts';
import type { Done } from './file/of-tree.ts';
import { filesIn, stateOf } from './files.ts';
import { ignoredBy } from './ignored.ts';
import { isClosed, mattersToAll, saysOfOthers, type Surroundings } from './matters.ts';
import { type Manifest, ownerOf, readManifests } from './packages.ts';
import { createResolver, type Resolver } from './resolve.ts';
import {
  type FileRow,
  SURVEY_VERSION,
  type SurveyedFile,
  surveyText,
  surveyWholly,
  type TextOnDisk,
  textOnDisk,
} from './survey-text.ts';

export interface Survey {
  /** All files that somebody wrote. */
  files: FileRow[];
  /** Rows of those that are new or changed. */
  changed: Map<string, SurveyedFile>;
  /** Of these, those whose text is as it was and is read in another way. */
  otherwise: string[];
  packages: RowOf<'source_packages'>[];
  dependencies: RowOf<'dependencies'>[];
  /** References in files of data to such names. */
  namesInData: (wanted: ReadonlySet<string>) => RowOf<'source_references'>[];
  /** File of the workspace that a specifier leads to; null: none. */
  target: (from: string, specifier: string) => string | null;
  /** The call graph of all files, from what was kept of each: `SurveyedFile.calls`. */
  linkCalls: (calls: readonly string[]) => CallRows;
}

/** Texts of files that were there before, and are others now. All else is as it was. */
export interface ChangedTexts {
  /** Whose rows are others. */
  paths: string[];
  /** `source_files` of those that were written to, and say the same. */
  touched: FileRow[];
  /** Is a name found in files of data? */
  isInData: (name: string) => boolean;
  namesInData: Survey['namesInData'];
  target: Survey['target'];
  /** Looks at them, which takes some 25 µs a line; graphs included. */
  survey: () => { files: FileRow[]; changed: Map<string, SurveyedFile>; graphs: Done[] };
}

export interface SurveyOptions {
  scope?: Scope;
  /** Told how far it is, 0 … 1. */
  onProgress?: (share: number) => void;
}

/** The first look at a workspace, or one of which nothing is kept. */
export const surveyWorkspace = (
  root: string,
  known: readonly FileRow[],
  options: SurveyOptions = {},
): Survey => new Workspace(root, options).look(known);

/** What the last look found, as far as it helps the next one: some hundred bytes a file, and names in files of data. */
interface Looked extends Surroundings {
  /** Of those that somebody wrote. */
  rows: Map<string, FileRow>;
  /** What each of the others was made of. */
  compiled: ReadonlyMap<string, string>;
  target: Resolver['target'];
  types: string;
  typeOf: (path: string) => unknown;
  data: () => DataNames;
}

/** Texts from which on a look at all of them, by several threads, is worth its time. */
const MANY = 50;

/** A workspace that is looked at again and again. */
export class Workspace {
  private readonly root: string;
  private readonly options: SurveyOptions;
  private readonly scope: Scope;
  private last: Looked | null = null;
  /** Before the first look. */
  private ignored: Looked['isIgnored'] | null = null;

  constructor(root: string, options: SurveyOptions = {}) {
    this.root = root;
    this.options = options;
    this.scope = options.scope ?? scopeFor(root, { include: [], exclude: [] });
  }

  /** Whether git ignores a path, as far as the last look knew; of folders with a slash at the end. */
  isIgnored(path: string): boolean {
    return (this.last?.isIgnored ?? (this.ignored ??= ignoredBy(this.root)))(path);
  }

  /** Looks at all of it. */
  look(known: readonly FileRow[]): Survey {
    const { root, scope, last } = this;
    this.last = null;
    forgetPackageTypes();
    const before = new Map(known.map((row) => [row.path, row]));
    const isIgnored = ignoredBy(root);
    const found = [...filesIn(root, scope)].filter((path) => !isIgnored(scope.name(path)));
    const paths = new Set(found.map((absolute) => scope.name(absolute)));
    const manifests = readManifests(root, paths);
    const types = packageTypes(manifests);
    const isOtherwise = (path: string): boolean =>
      last !== null &&
      last.types !== types.key &&
      path.endsWith('.js') &&
      last.typeOf(path) !== types.of(path);
    const changed = new Map<string, SurveyedFile>();
    const otherwise: string[] = [];
    const compiled = new Map<string, string>();
    const drafts = found.flatMap((absolute, index) => {
      if (index % 50 === 0) this.options.onProgress?.(index / found.length);
      const path = scope.name(absolute);
      const row = before.get(path);
      const isOther = isOtherwise(path);
      if (row !== undefined && !isOther && isUnchanged(row, absolute)) return [row];
      const text = textOnDisk(path, absolute);
      const source = sourceOfCompiled(text, scope, paths);
      if (source !== null) {
        compiled.set(path, source);
        return [];
      }
      if (isOther) otherwise.push(path);
      const survey = surveyText(text);
      changed.set(path, survey.rows);
      return [survey.row];
    });
    // Who names what was made means what it was made of.
    const written = (path: string): string => compiled.get(path) ?? path;
    const entries = new Map(
      [...entriesOf(root, paths, manifests)].map(([path, why]) => [written(path), why]),
    );
    const resolver = createResolver(root, paths, manifests);
    const target: Resolver['target'] = (from, specifier) => {
      const path = resolver.target(from, specifier);
      return path === null ? null : written(path);
    };
    const files = drafts.map((row) => ({
      ...row,
      package: ownerOf(row.path, manifests),
      entry: entries.get(row.path) ?? null,
    }));
    let names: DataNames | undefined;
    const data = (): DataNames => (names ??= dataNames(root));
    const rows = new Map(files.map((row) => [row.path, row]));
    this.last = { rows, compiled, paths, isIgnored, target, types: types.key, typeOf: types.of, data };
    return {
      files,
      changed,
      otherwise,
      packages: manifests.map(packageRow),
      dependencies: dependencyRows(root, manifests),
      namesInData: (wanted) => namesInData(data(), wanted).map(dataReference),
      target,
      linkCalls: (calls) => callRows(calls.map(readFacts), target),
    };
  }

  /**
   * Looks at what may have changed since. What is not named is taken to be as it was.
   * @param paths relative to the workspace, of files or folders, whatever they are
   * @returns null: more than texts changed, and all of it is to be looked at
   */
  lookAt(paths: Iterable<string>): ChangedTexts | null {
    const { last, root } = this;
    if (last === null) return null;
    const changed: TextOnDisk[] = [];
    const touched: FileRow[] = [];
    for (const path of new Set(paths)) {
      const effect = effectOf(path, join(root, path), last, this.scope);
      if (effect === 'all') return null;
      if (effect === 'none') continue;
      const row = last.rows.get(path)!;
      if (effect.hash !== row.content_hash) changed.push(effect);
      else if (effect.modifiedAt !== row.modified_at)
        touched.push({ ...row, modified_at: effect.modifiedAt });
    }
    if (changed.length > MANY) return null;
    for (const row of touched) last.rows.set(row.path, row);
    return {
      paths: changed.map(({ path }) => path),
      touched,
      isInData: (name) => [...last.data().values()].some((names) => names.has(name)),
      namesInData: (wanted) => namesInData(last.data(), wanted).map(dataReference),
      target: last.target,
      survey: () => surveyTexts(changed, last.rows),
    };
  }
}

/** What follows from a change of a path: a text to be looked at, nothing at all, or that all is to be looked at. */
function effectOf(path: string, absolute: string, last: Looked, scope: Scope): TextOnDisk | 'all' | 'none' {
  if (isClosed(path)) return 'none';
  const state = lstatSync(absolute, { throwIfNoEntry: false });
  if (!last.paths.has(path)) {
    const kind = state === undefined ? null : state.isDirectory() ? 'folder' : 'file';
    return mattersToAll(path, kind, last) ? 'all' : 'none';
  }
  if (state?.isFile() !== true || saysOfOthers(path)) return 'all';
  try {
    const text = textOnDisk(path, absolute);
    const source = sourceOfCompiled(text, scope, last.paths) ?? undefined;
    if (source !== last.compiled.get(path)) return 'all';
    return source === undefined ? text : 'none';
  } catch {
    // Gone since, or it cannot be read any more.
    return 'all';
  }
}

/** @param rows of all files; those of these texts become what they are now */
function surveyTexts(
  texts: readonly TextOnDisk[],
  rows: Map<string, FileRow>,
): ReturnType<ChangedTexts['survey']> {
  const found: ReturnType<ChangedTexts['survey']> = { files: [], changed: new Map(), graphs: [] };
  for (const text of texts) {
    const { row, rows: of, graph } = surveyWholly(text);
    const { package: owner, entry } = rows.get(text.path)!;
    const whole = { ...row, package: owner, entry };
    rows.set(text.path, whole);
    found.files.push(whole);
    found.changed.set(text.path, of);
    found.graphs.push(graph);
  }
  return found;
}

function isUnchanged(row: FileRow, absolute: string): boolean {
  const { bytes, modifiedAt } = stateOf(absolute);
  return row.bytes === bytes && row.modified_at === modifiedAt && row.surveyed_by === SURVEY_VERSION;
}

/** Which way `.js` files are read: as the package.json above them says. */
function packageTypes(manifests: readonly Manifest[]): { key: string; of: (path: string) => unknown } {
  // Node passes one over that it cannot read.
  const readable = manifests.filter(({ problem }) => problem === undefined);
  const types = new Map(readable.map(({ folder, json }) => [folder, json['type']]));
  return { key: JSON.stringify([...types]), of: (path) => types.get(ownerOf(path, readable)) };
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
