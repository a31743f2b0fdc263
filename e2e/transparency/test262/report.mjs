/** What a comparison prints. Pure: lists of lines. */
import { byFeature } from './compare.mjs';
import { knownReason } from './known.mjs';

/** Differences in full; beyond that only the table tells. */
const NAMED = 500;

export function reportLines(side, { same, different, stacks, failing, left }) {
  return [
    ...different.slice(0, NAMED).flatMap(differenceLines),
    ...(different.length > 0 ? tableLines(different) : []),
    ...stacks
      .slice(0, 10)
      .map(({ run, plain, recorded }) => `  trace   ${run.id}  ${stackDifference(plain, recorded)}`),
    ...[...left].map(
      ([reason, count]) => `  ${count} texts ran as they are: ${reason || 'the loader did not see them'}`,
    ),
    `${side}: ${same} same (${failing} of them fail alike), ${different.length} different, ${stacks.length} with another stack trace`,
  ];
}

function differenceLines(difference) {
  const { run, plain, recorded } = difference;
  const why = knownReason(difference);
  if (why !== undefined) return [`  known      ${run.id}: ${why}`];
  return [
    `  DIFFERENT  ${run.id}`,
    `      plain     ${briefly(plain)}`,
    `      recorded  ${briefly(recorded)}`,
  ];
}

function briefly(outcome) {
  const { stack: _stack, ...rest } = outcome;
  return JSON.stringify(rest, (key, value) => (key === 'stack' ? undefined : value)).slice(0, 300);
}

function stackDifference(plain, recorded) {
  const [a, b] = [plain, recorded].map((outcome) => firstStack(outcome));
  const at = a.findIndex((line, n) => line !== b[n]);
  return at < 0 ? `${a.length} frames, then ${b[a.length]}` : `${a[at]} | ${b[at]}`;
}

const firstStack = ({ stack, uncaught }) =>
  stack ?? uncaught?.map(({ rejection, exception }) => (rejection ?? exception).stack).find(Boolean) ?? [];

function tableLines(different) {
  const rows = byFeature(different);
  const flags = [...new Set([...rows.values()].flatMap((row) => Object.keys(row)))].toSorted();
  const width = Math.max(...[...rows.keys()].map((name) => name.length), 8);
  return [
    `  ${'feature'.padEnd(width)}  ${flags.join('  ')}`,
    ...[...rows].map(
      ([feature, row]) =>
        `  ${feature.padEnd(width)}  ${flags.map((flag) => String(row[flag] ?? '').padStart(flag.length)).join('  ')}`,
    ),
  ];
}

export function skippedLines(skipped) {
  const reasons = new Map();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [...reasons].map(([reason, count]) => `  ${count} skipped: ${reason}`);
}
