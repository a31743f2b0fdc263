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
  if (!hasShape(facts) || !Array.isArray(head['runs'])) throw unreadable(file, 'a part of it is missing');
  return { head: head as unknown as BuildHead, facts: facts as unknown as BuildFacts };
}

const PARTS = ['runs', 'functions', 'idle', 'errors', 'tasks'];
function hasShape(facts: unknown): boolean {
  if (typeof facts !== 'object' || facts === null) return false;
  const runs = (facts as Partial<BuildFacts>).runs;
  return PARTS.every((part) => part in facts) && Array.isArray(runs) && runs.length > 0;
}

const unreadable = (file: string, why: string): Fault =>
  new Fault(
    ExitCode.UNREADABLE,
    `cannot read the baseline ${file}: ${why}`,
    'Save it again: intellimap baseline save',
  );
