/** The answer of a gate for a terminal. Pure. */
import type { GateReport } from '../../gates/index.ts';
import { oneLine, tail, time } from '../format.ts';
import { table } from '../table.ts';
import type { Paint } from '../terminal.ts';
import { wrapped } from '../wrap.ts';

const WORDS = { pass: 'passed', fail: 'failed', unsure: 'not judged', off: 'off' } as const;
type Verdict = keyof typeof WORDS;
/** Causes of a finding, notes of a gate. */
const SHOWN = 3;

/** Longer texts are cut. */
const MOST_CHARACTERS = 600;
const lines = (text: string, width: number): string[] => wrapped(oneLine(text, MOST_CHARACTERS), width);

export function renderGate(
  report: GateReport,
  { paint, columns }: { paint: Paint; columns: number },
): string {
  const width = Math.max(40, Math.min(columns, 100));
  const head = `${paint.bold('intellimap gate')} ${verdictText(report.verdict, paint)}, against ${oneLine(report.baseline.name, 30)} (${report.baseline.runs.length} and ${report.candidate.runs.length} runs)`;
  const gates = report.gates
    .filter(({ verdict }) => verdict !== 'off')
    .flatMap((gate) => [
      '',
      `${verdictText(gate.verdict, paint)}  ${paint.bold(gate.gate)}`,
      ...lines(gate.says, width - 2).map((line) => `  ${line}`),
      ...gate.findings.flatMap((finding) => findingLines(finding, paint, width)),
      ...gate.notes
        .slice(0, SHOWN)
        .flatMap((note) => lines(note, width - 4).map((line) => paint.dim(`    ${line}`))),
    ]);
  return [head, ...gates].join('\n');
}

function verdictText(verdict: Verdict, paint: Paint): string {
  const colour = { pass: paint.green, fail: paint.red, unsure: paint.yellow, off: paint.dim }[verdict];
  return colour(WORDS[verdict]);
}

function findingLines(
  { message, place, causes }: GateReport['gates'][number]['findings'][number],
  paint: Paint,
  width: number,
): string[] {
  const [first, ...more] = lines(message, width - 4);
  const where =
    place === null ? [] : [paint.cyan(`    ${tail(`${place.path}:${place.line ?? 1}`, width - 4)}`)];
  const rows = causes
    .slice(0, SHOWN)
    .map((cause) => [
      cause.unit === 'ms' ? `+${time(cause.growth)}` : `+${Math.round(cause.growth)} calls in a run`,
      `${Math.round(100 * cause.share)} %`,
      oneLine(cause.name, 24),
      tail(`${cause.path}:${cause.line}`, Math.max(12, width - 62)),
      cause.changed === null ? '' : 'changed',
    ]);
  return [
    `  ${paint.red('•')} ${first ?? ''}`,
    ...more.map((line) => `    ${line}`),
    ...where,
    ...(rows.length === 0
      ? []
      : table(rows, { right: [0, 1] })
          .split('\n')
          .map((line) => `    ${line}`)),
  ];
}
