/**
 * lcov's tracefile: functions by how often they were called, and lines where coverage was measured. Of V8's ranges a line has the count of the innermost one
 * that covers it wholly.
 */
import { type CoverageRow, coverageRows, functionHits } from '../../query/index.ts';
import { absolutePath } from './places.ts';
import type { Source } from './source.ts';

/** What is known of a file. */
export interface FileCoverage {
  functions: { name: string; line: number; count: number }[];
  /** Line → count. */
  lines: Map<number, number>;
}

export async function* lcov(source: Source): AsyncGenerator<string> {
  const { root } = source.run;
  const measured = new Set<string>();
  let rows: CoverageRow[] = [];
  for await (const list of coverageRows(source.session))
    for (const row of list) {
      if (rows.length > 0 && rows[0].path !== row.path) {
        measured.add(rows[0].path);
        yield record(absolutePath(root, rows[0].path), fileOf(rows));
        rows = [];
      }
      rows.push(row);
    }
  if (rows.length > 0) {
    measured.add(rows[0].path);
    yield record(absolutePath(root, rows[0].path), fileOf(rows));
  }
  const files = new Map<string, FileCoverage>();
  for (const { path, name, line, hits } of await functionHits(source.session)) {
    if (measured.has(path)) continue;
    const file: FileCoverage = files.get(path) ?? { functions: [], lines: new Map<number, number>() };
    files.set(path, file);
    file.functions.push({ name, line, count: hits });
  }
  for (const [path, file] of files) yield record(absolutePath(root, path), file);
}

/** @param rows all of one file */
export function fileOf(rows: readonly CoverageRow[]): FileCoverage {
  const functions = rows
    .filter(({ kind, name }) => kind === 'function' && name !== null && name !== '')
    .map(({ name, line, count }) => ({ name: name!, line, count }));
  const counted = rows.filter(({ kind }) => kind === 'line');
  const lines = new Map<number, number>();
  for (const { line, count } of counted) lines.set(line, count);
  if (counted.length === 0) for (const [line, count] of linesOf(rows)) lines.set(line, count);
  return { functions, lines };
}

/** Lines of V8's ranges; inner ones come after those around them. */
function linesOf(rows: readonly CoverageRow[]): Map<number, number> {
  const ranges = rows
    .filter(({ kind }) => kind === 'function' || kind === 'block')
    .toSorted(
      (a, b) =>
        a.line - b.line ||
        (a.column ?? 0) - (b.column ?? 0) ||
        b.end_line - a.end_line ||
        (b.end_column ?? 0) - (a.end_column ?? 0),
    );
  const lines = new Map<number, number>();
  for (const { line, column, end_line: end, count } of ranges)
    for (let at = column === 0 ? line : line + 1; at < end; at++) lines.set(at, count);
  return new Map([...lines].toSorted(([a], [b]) => a - b));
}

function record(path: string, { functions, lines }: FileCoverage): string {
  const named = uniqueNames(functions);
  return [
    'TN:',
    `SF:${oneLine(path)}`,
    ...named.map(({ name, line }) => `FN:${line},${name}`),
    ...named.map(({ name, count }) => `FNDA:${count},${name}`),
    `FNF:${named.length}`,
    `FNH:${named.filter(({ count }) => count > 0).length}`,
    ...[...lines].map(([line, count]) => `DA:${line},${count}`),
    ...(lines.size > 0
      ? [`LF:${lines.size}`, `LH:${[...lines.values()].filter((count) => count > 0).length}`]
      : []),
    'end_of_record',
    '',
  ].join('\n');
}

/** Counts are told by name: a second function of a name says its line as well. */
function uniqueNames(functions: FileCoverage['functions']): FileCoverage['functions'] {
  const taken = new Set<string>();
  return functions.map(({ name, line, count }) => {
    let unique = oneLine(name);
    for (let n = 1; taken.has(unique); n++) unique = `${oneLine(name)}@${line}${n === 1 ? '' : `.${n}`}`;
    taken.add(unique);
    return { name: unique, line, count };
  });
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]+/g, ' ');
