/** Workflow commands that GitHub shows at lines of a pull request. Pure. */
import { findingsOf, type GateReport } from '../report.ts';
import { commandProperty, commandText } from './escape.ts';

/** GitHub shows ten of a step. */
const SHOWN = 10;

export function annotations(report: GateReport): string {
  const errors = findingsOf(report)
    .slice(0, SHOWN)
    .map(({ gate, place, message }) => {
      const where = place === null ? '' : `file=${commandProperty(place.path)},line=${place.line ?? 1},`;
      return `::error ${where}title=${commandProperty(`intellimap gate: ${gate}`)}::${commandText(message)}`;
    });
  const warnings = report.gates
    .filter(({ verdict }) => verdict === 'unsure')
    .map(
      ({ gate, says }) =>
        `::warning title=${commandProperty(`intellimap gate: ${gate}`)}::${commandText(`could not be judged: ${says}`)}`,
    );
  return [...errors, ...warnings].join('\n');
}
