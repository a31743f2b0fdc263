/** A comment for a pull request, of ten lines at most. Pure. */
import { findingsOf, type GateFinding, type GateReport } from '../report.ts';
import { growthText } from '../words.ts';
import { codeSpan } from './escape.ts';

const LINES = 10;
const HEAD: Record<GateReport['verdict'], string> = {
  pass: '✅ **intellimap gate: passed**',
  fail: '❌ **intellimap gate: failed**',
  unsure: '❓ **intellimap gate: could not be judged**',
};
/** Characters of a sentence. */
const SENTENCE = 200;

export function markdown(report: GateReport): string {
  const findings = findingsOf(report);
  const unsure = report.gates.filter(({ verdict }) => verdict === 'unsure');
  const passed = report.gates.filter(({ verdict }) => verdict === 'pass').map(({ gate }) => gate);
  const body = [
    ...findings.map(findingLine),
    ...unsure.map(({ gate, says }) => `- ${gate}, not judged: ${codeSpan(cut(says))}`),
  ];
  const room = LINES - 4;
  const shown = body.length > room ? body.slice(0, room - 1) : body;
  const more = body.length > room ? [`- and ${body.length - shown.length} more, in the report`] : [];
  return [
    `${HEAD[report.verdict]}, against ${codeSpan(report.baseline.name)}`,
    '',
    ...shown,
    ...more,
    ...(passed.length > 0 ? ['', `Passed: ${passed.join(', ')}.${timeOf(report)}`] : []),
  ]
    .slice(0, LINES)
    .join('\n')
    .concat('\n');
}

function findingLine({ gate, message, place, causes }: GateFinding): string {
  const first = causes[0];
  const cause =
    first === undefined
      ? ''
      : `; ${Math.round(100 * first.share)} % of ${first.unit === 'ms' ? 'it in' : 'all calls that a run makes more are of'} ${codeSpan(`${first.name} ${first.path}:${first.line}`)}${first.changed === null ? '' : ' (changed)'}`;
  const where = place === null || cause !== '' ? '' : ` at ${codeSpan(`${place.path}:${place.line ?? 1}`)}`;
  return `- **${gate}** ${codeSpan(cut(message))}${where}${cause}`;
}

function timeOf({ figures }: GateReport): string {
  const [run] = figures;
  return run === undefined ? '' : ` ${run.name}: ${growthText(run.growth)}.`;
}

const cut = (text: string): string => (text.length > SENTENCE ? `${text.slice(0, SENTENCE - 1)}…` : text);
