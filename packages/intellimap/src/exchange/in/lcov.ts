/** lcov's tracefile → functions, lines and branches. Records of one file are added up, as one for each test may be there. */
import type { Attribution } from '../attribute.ts';
import { refuse, type Where } from './narrow.ts';
import type { ImportFile, ImportRow, TextImport } from './rows.ts';

const MAX_LINE = 2 ** 31 - 1;

interface FileRecord {
  path: string;
  functions: Map<string, { name: string; line: number; endLine: number | null; count: number }>;
  lines: Map<number, number>;
  /** By line, block and branch. */
  branches: Map<string, { line: number; count: number }>;
}

/** Keys that say nothing which is stored: totals, test names, versions. */
const IGNORED = new Set(['TN', 'VER', 'LF', 'LH', 'FNF', 'FNH', 'BRF', 'BRH', 'MCDC', 'MCF', 'MCH', 'BA']);

export const importLcov: TextImport = (files, sources, attribution) => {
  const records = new Map<string, FileRecord>();
  for (const file of files) parseLcov(file, (path) => recordOf(records, sources.pathOf(path)));
  const rows = [...records.values()].flatMap((record) => rowsOf(record, attribution));
  return { rows: { coverage: rows }, startedAt: null, durationMs: null, notes: [] };
};

function recordOf(records: Map<string, FileRecord>, path: string): FileRecord {
  let record = records.get(path);
  if (record === undefined)
    records.set(path, (record = { path, functions: new Map(), lines: new Map(), branches: new Map() }));
  return record;
}

/** @param open the record of a file. @throws Fault that names the line */
export function parseLcov(file: ImportFile, open: (path: string) => FileRecord): void {
  let record: FileRecord | null = null;
  /** Names of functions by lcov 2's index: `FNL` tells lines, `FNA` names. */
  let places = new Map<string, [line: number, endLine: number | null]>();
  for (const [index, raw] of file.text.split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const where: Where = () => `${file.name}, line ${index + 1}`;
    if (line === '' || line.startsWith('#')) continue;
    if (line === 'end_of_record') {
      record = null;
      continue;
    }
    const colon = line.indexOf(':');
    const [key, value] = [line.slice(0, Math.max(0, colon)), line.slice(colon + 1)];
    const reader = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
    if (key === 'SF') {
      if (value === '') throw refuse(where, 'names no file');
      record = open(value);
      places = new Map();
    } else if (reader !== undefined) {
      if (record === null) throw refuse(where, `tells of no file: there is no SF before ${key}`);
      reader(record, value, where, places);
    } else if (!IGNORED.has(key)) throw refuse(where, `is nothing that lcov has: "${line.slice(0, 40)}"`);
  }
}

type Reader = (
  record: FileRecord,
  value: string,
  where: Where,
  places: Map<string, [number, number | null]>,
) => void;

const READERS: Partial<Record<string, Reader>> = {
  FN(record, value, where) {
    const match = /^(\d+),(?:(\d+),)?(.+)$/.exec(value);
    if (match === null) throw refuse(where, 'is no function: FN:<line>,<name>');
    define(
      record,
      match[3],
      lineOf(match[1], where),
      match[2] === undefined ? null : lineOf(match[2], where),
    );
  },
  FNDA(record, value, where) {
    const match = /^(\d+),(.+)$/.exec(value);
    if (match === null) throw refuse(where, 'is no count: FNDA:<count>,<name>');
    const known = record.functions.get(match[2]);
    if (known === undefined)
      throw refuse(where, `counts a function that no FN tells: "${match[2].slice(0, 40)}"`);
    known.count = added(known.count, countOf(match[1], where));
  },
  FNL(_record, value, where, places) {
    const match = /^(\d+),(\d+)(?:,(\d+))?$/.exec(value);
    if (match === null) throw refuse(where, 'is no function: FNL:<index>,<line>');
    places.set(match[1], [lineOf(match[2], where), match[3] === undefined ? null : lineOf(match[3], where)]);
  },
  FNA(record, value, where, places) {
    const match = /^(\d+),(\d+),(.+)$/.exec(value);
    const place = match === null ? undefined : places.get(match[1]);
    if (match === null || place === undefined) throw refuse(where, 'is no count: FNA:<index>,<count>,<name>');
    const known = define(record, match[3], ...place);
    known.count = added(known.count, countOf(match[2], where));
  },
  DA(record, value, where) {
    const match = /^(\d+),(\d+)(?:,.*)?$/.exec(value);
    if (match === null) throw refuse(where, 'is no line: DA:<line>,<count>');
    const line = lineOf(match[1], where);
    record.lines.set(line, added(record.lines.get(line) ?? 0, countOf(match[2], where)));
  },
  BRDA(record, value, where) {
    const match = /^(\d+),(.+),(-|\d+)$/.exec(value);
    if (match === null) throw refuse(where, 'is no branch: BRDA:<line>,<block>,<branch>,<count>');
    const line = lineOf(match[1], where);
    const key = `${line},${match[2]}`;
    const count = match[3] === '-' ? 0 : countOf(match[3], where);
    record.branches.set(key, { line, count: added(record.branches.get(key)?.count ?? 0, count) });
  },
};

function define(record: FileRecord, name: string, line: number, endLine: number | null) {
  let known = record.functions.get(name);
  if (known === undefined) record.functions.set(name, (known = { name, line, endLine, count: 0 }));
  return known;
}

function lineOf(digits: string, where: Where): number {
  const line = Number(digits);
  if (line >= 0 && line <= MAX_LINE) return line;
  throw refuse(where, `has no line ${digits.slice(0, 20)}`);
}

function countOf(digits: string, where: Where): number {
  const count = Number(digits);
  if (Number.isSafeInteger(count)) return count;
  throw refuse(where, `has a count that is too large: ${digits.slice(0, 20)}`);
}

const added = (a: number, b: number): number => Math.min(a + b, Number.MAX_SAFE_INTEGER);

function rowsOf(
  { path, functions, lines, branches }: FileRecord,
  attribution: Attribution,
): ImportRow<'coverage'>[] {
  const row = (
    kind: 'function' | 'line' | 'branch',
    line: number,
    end: number,
    count: number,
    name: string | null,
    id: string | null,
  ): ImportRow<'coverage'> => ({
    source: 'lcov',
    path,
    name,
    ast_node_id: id,
    kind,
    line,
    column: null,
    end_line: Math.max(line, end),
    end_column: null,
    count,
  });
  return [
    ...[...functions.values()].map(({ name, line, endLine, count }) => {
      const found = attribution.named(path, line, name.replace(/@\d+(?:\.\d+)?$/, ''));
      return row('function', line, endLine ?? found?.endLine ?? line, count, name, found?.id ?? null);
    }),
    ...[...lines].map(([line, count]) => row('line', line, line, count, null, null)),
    ...[...branches.values()].map(({ line, count }) => row('branch', line, line, count, null, null)),
  ];
}
