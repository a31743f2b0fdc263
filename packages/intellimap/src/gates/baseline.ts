/** A baseline as a file: JSON of a fixed order, so that two of the same build are the same text and git shows what differs. Pure. */
import { ExitCode, Fault } from '../base/fault.ts';
import { type BuildFacts, sorted } from './facts.ts';
import type { BuildHead } from './report.ts';

const FORMAT = 'intellimap-baseline';
const VERSION = 1;

export interface Baseline {
  head: BuildHead;
  facts: BuildFacts;
}

export function baselineText({ head, facts }: Baseline): string {
  return `${lines({ format: FORMAT, version: VERSION, ...head, facts: { ...facts } }, '', 4)}\n`;
}

/** JSON with a line for each entry down to a depth: what belongs to one function stays on one line. */
function lines(value: unknown, indent: string, depth: number): string {
  if (depth === 0 || typeof value !== 'object' || value === null || !hasObjects(value))
    return JSON.stringify(value);
  const inner = `${indent} `;
  if (Array.isArray(value))
    return `[\n${value.map((each) => inner + lines(each, inner, depth - 1)).join(',\n')}\n${indent}]`;
  const entries = Object.entries(sorted(value as Record<string, unknown>));
  const body = entries.map(
    ([key, each]) => `${inner}${JSON.stringify(key)}: ${lines(each, inner, depth - 1)}`,
  );
  return `{\n${body.join(',\n')}\n${indent}}`;
}

const hasObjects = (value: object): boolean =>
  Object.values(value).some((each) => typeof each === 'object' && each !== null) ||
  ('format' in value && 'version' in value);

/** @throws Fault: it is no baseline, or one of a newer version. */
export function parseBaseline(text: string, file: string): Baseline {
  let read: Record<string, unknown>;
  try {
    read = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw unreadable(file, (error as Error).message);
  }
  if (read?.['format'] !== FORMAT) throw unreadable(file, 'it is not a baseline');
  if (Number(read['version']) > VERSION)
    throw new Fault(
      ExitCode.UNREADABLE,
      `${file} was written by a newer IntelliMap`,
      'Update intellimap, or save the baseline again.',
    );
  const { format: _format, version: _version, facts, ...head } = read;
  if (!hasShape(facts) || !isHead(head)) throw unreadable(file, 'a part of it is missing');
  return { head: head as unknown as BuildHead, facts };
}

/** Columns of what is listed by key, each with an entry for each run. */
const COLUMNS = {
  functions: ['hits', 'selfMs'],
  errors: ['count'],
  tasks: ['count', 'busyMs', 'p50Ms', 'p95Ms', 'p99Ms', 'calls', 'awaits'],
} as const;
/** Texts of theirs. */
const TEXTS = { functions: ['name', 'path'], errors: ['name', 'message'], tasks: [] } as const;
const HEAD_TEXTS = ['name', 'node', 'platform', 'machine'];

/** Somebody may have had it in hands: a column that is too short would be taken for a build that did less. */
function hasShape(facts: unknown): facts is BuildFacts {
  if (!isObject(facts) || !Array.isArray(facts['runs']) || !Array.isArray(facts['idle'])) return false;
  const { length } = facts['runs'];
  if (length === 0 || !facts['runs'].every(isObject)) return false;
  return (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).every((part) => {
    const entries = facts[part];
    return (
      isObject(entries) &&
      Object.values(entries).every(
        (entry) => hasColumns(entry, COLUMNS[part], length) && hasTexts(entry, TEXTS[part]),
      )
    );
  });
}

const hasColumns = (entry: unknown, columns: readonly string[], length: number): boolean =>
  isObject(entry) &&
  columns.every((name) => {
    const column = entry[name];
    return Array.isArray(column) && column.length === length && column.every(isNumber);
  });
/** Ids of runs, the command: lists of texts. */
const isHead = (head: Record<string, unknown>): boolean =>
  hasTexts(head, HEAD_TEXTS) &&
  ['runs', 'command'].every((name) => {
    const list = head[name];
    return Array.isArray(list) && list.every((each) => typeof each === 'string');
  });
const hasTexts = (entry: unknown, names: readonly string[]): boolean =>
  isObject(entry) && names.every((name) => typeof entry[name] === 'string');
const isNumber = (value: unknown): boolean => value === null || typeof value === 'number';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unreadable = (file: string, why: string): Fault =>
  new Fault(
    ExitCode.UNREADABLE,
    `cannot read the baseline ${file}: ${why}`,
    'Save it again: intellimap baseline save',
  );
