/** A baseline as a file: JSON of a fixed order, so that two of the same build are the same text and git shows what differs. Pure. */
import { ExitCode, Fault } from '../base/fault.ts';
import { isRecord } from '../base/is-record.ts';
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
  if (!hasShape(facts) || !fits(head, HEAD)) throw unreadable(file, 'a part of it is missing');
  return { head: head as unknown as BuildHead, facts };
}

type Test = (value: unknown) => boolean;
const isText: Test = (value) => typeof value === 'string';
const isNumber: Test = (value) => typeof value === 'number';
const isYesNo: Test = (value) => typeof value === 'boolean';
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value);
const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);

type Fields = Record<string, Test>;

const HEAD: Fields = {
  name: isText,
  commit: orNull(isText),
  dirty: orNull(isYesNo),
  node: isText,
  platform: isText,
  machine: isText,
  command: listOf(isText),
  runs: listOf(isText),
};
const RUN: Fields = {
  exitCode: orNull(isNumber),
  signal: orNull(isText),
  complete: isYesNo,
  tasksWhole: isYesNo,
  mainMs: orNull(isNumber),
  cpuMs: orNull(isNumber),
  workers: isNumber,
};

/** What is listed by key. @param column a value for each run */
const entryFields = (column: Test): Record<'functions' | 'errors' | 'tasks', Fields> => ({
  functions: {
    name: isText,
    path: isText,
    line: isNumber,
    endLine: isNumber,
    hash: orNull(isText),
    hits: column,
    selfMs: column,
  },
  errors: { name: isText, message: isText, path: orNull(isText), line: orNull(isNumber), count: column },
  tasks: {
    path: orNull(isText),
    line: orNull(isNumber),
    count: column,
    busyMs: column,
    p50Ms: column,
    p95Ms: column,
    p99Ms: column,
    calls: column,
    awaits: column,
    queries: (value) => value === undefined || (isRecord(value) && Object.values(value).every(column)),
  },
});

/**
 * Somebody may have had it in hands, or it came with a change that nobody looked at yet: a column that is too short would be taken for a build that did less,
 * and what is said to be a line would be written into reports as it is.
 */
function hasShape(facts: unknown): facts is BuildFacts {
  if (!isRecord(facts) || !listOf(isText)(facts['idle'])) return false;
  const { runs } = facts;
  if (!Array.isArray(runs) || runs.length === 0 || !runs.every((run) => fits(run, RUN))) return false;
  const isColumn: Test = (value) => listOf(orNull(isNumber))(value) && (value as []).length === runs.length;
  return Object.entries(entryFields(isColumn)).every(([part, fields]) => {
    const entries = facts[part];
    return isRecord(entries) && Object.values(entries).every((entry) => fits(entry, fields));
  });
}

const fits = (value: unknown, fields: Fields): boolean =>
  isRecord(value) && Object.entries(fields).every(([name, test]) => test(value[name]));

const unreadable = (file: string, why: string): Fault =>
  new Fault(
    ExitCode.UNREADABLE,
    `cannot read the baseline ${file}: ${why}`,
    'Save it again: intellimap baseline save',
  );
