/** What `intellimap patterns` says, for people. Pure. */
import { FACTS } from '../base/proof.ts';
import type { LeftOut, Pattern, PatternFinding } from '../graph/index.ts';
import { counted, oneLine, tail } from './format.ts';
import { table } from './table.ts';
import type { Paint } from './terminal.ts';
import { wrapped } from './wrap.ts';

export interface PatternsAnswer {
  /** Files that were read. */
  files: number;
  /** Files that are too large to be read, of what was asked for. */
  leftOut: LeftOut[];
  /** Pattern → findings. */
  counts: Record<string, { found: number; confirmed: number }>;
  /** What runs confirmed first, then by severity. */
  findings: PatternFinding[];
}

/** Findings that are listed. */
const LISTED = 40;
/** Characters of a line, also where there is room for more. */
const WIDTH = 100;
/** Characters of what is said of one: circles of imports may be long. */
const LONGEST = 400;

export function patternsText(
  { files, counts, findings }: PatternsAnswer,
  paint: Paint,
  { columns, all }: { columns: number; all: boolean },
): string {
  if (findings.length === 0) return `nothing found in ${counted(files, 'file')}`;
  const width = Math.min(columns, WIDTH);
  const shown = all ? findings : findings.filter(({ inTest }) => !inTest).slice(0, LISTED);
  const parts = shown.map((each) => findingText(each, paint, width));
  const rows = Object.entries(counts)
    .toSorted(([, a], [, b]) => b.confirmed - a.confirmed || b.found - a.found)
    .map(([name, { found, confirmed }]) => [
      name,
      String(found),
      confirmed === 0 ? '' : `${confirmed} confirmed`,
    ]);
  const sum = `${counted(findings.length, 'place')} in ${counted(files, 'file')}`;
  const rest = findings.length - shown.length;
  const more =
    rest === 0 ? [] : [`${counted(rest, 'more place')}, in tests, or further down: --all lists them`];
  return [
    ...parts,
    ...(parts.length > 0 ? [''] : []),
    paint.bold(sum),
    table(rows, { right: [1] }),
    ...more,
  ].join('\n');
}

function findingText(finding: PatternFinding, paint: Paint, width: number): string {
  const { pattern, place, text, severity } = finding;
  const name = severity === 3 && finding.kind === 'anti' ? paint.red(pattern) : paint.yellow(pattern);
  const room = width - pattern.length - 2;
  const head = `${name}  ${paint.dim(tail(`${place.path}:${place.line}`, room))}`;
  // Of what stands in no function, the place says where it is.
  const around = finding.paths.length > 0 || finding.function?.name === place.path ? null : finding.function;
  const who = around === null ? '' : `${oneLine(around.name, 40)} `;
  const lines = wrapped(`${who}${oneLine(text, LONGEST)}; ${stateText(finding)}`, width - 2);
  return [head, ...lines.map((line) => `  ${line}`)].join('\n');
}

function stateText({ proof: { state, count }, confirmedWhen }: PatternFinding): string {
  switch (state) {
    case 'confirmed':
      return `confirmed: ${count} (${confirmedWhen})`;
    case 'not shown':
      return `ran ${counted(count, 'time')}, and no run showed it`;
    case 'unclear':
      return `ran ${counted(count, 'time')}, and whether it showed cannot be told`;
    default:
      return state;
  }
}

/** A pattern without a finding, as `patterns --explain --json` prints it. */
export interface ExplainedPattern extends Pick<
  Pattern,
  'name' | 'kind' | 'severity' | 'what' | 'why' | 'todo'
> {
  lookedFor: string[];
  confirmedWhen: string;
}

export const explainedPattern = ({
  name,
  kind,
  severity,
  what,
  why,
  todo,
  match,
  proof,
}: Pattern): ExplainedPattern => ({
  name,
  kind,
  severity,
  what,
  why,
  todo,
  lookedFor: [...match.says],
  confirmedWhen: FACTS[proof.fact],
});

export function explained(pattern: ExplainedPattern, paint: Paint, columns: number): string {
  const width = Math.min(columns, WIDTH);
  const part = (title: string, text: string): string =>
    wrapped(`${title}: ${text}`, width - 2).map((line, at) => (at === 0 ? line.replace(title, paint.bold(title)) : `  ${line}`)).join('\n'); // prettier-ignore
  const kind = pattern.kind === 'anti' ? 'anti-pattern' : 'design pattern';
  return [
    `${paint.bold(pattern.name)}  ${kind}, severity ${pattern.severity} of 3`,
    '',
    part('What', pattern.what),
    part('Why', pattern.why),
    part(pattern.kind === 'anti' ? 'Instead' : 'Mind', pattern.todo),
    '',
    paint.bold('Looked for'),
    ...pattern.lookedFor.flatMap((each) =>
      wrapped(each, width - 4).map((line, at) => `${at === 0 ? '  - ' : '    '}${line}`),
    ),
    '',
    part('Confirmed when', pattern.confirmedWhen),
  ].join('\n');
}
