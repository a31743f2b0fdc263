/** What one analysis found, as lines by how sure they are. */
import type { AnalysisAnswer } from '../analyses/index.ts';
import type { Terminal } from './terminal.ts';

/** @param possible whether what is only possible is listed, too */
export function printFindings(answer: AnalysisAnswer, out: Terminal, possible = true): void {
  const { bold } = out.paint;
  if (answer.holds === 'unknown' || answer.holds === 'failed') out.print(`not known: ${answer.why ?? ''}`);
  if (answer.holds === 'no') out.print('nothing found');
  if (answer.holds !== 'yes') return;
  for (const confidence of ['certain', 'likely', 'possible'] as const) {
    const some = answer.findings.filter(({ finding }) => finding.confidence === confidence);
    if (some.length === 0) continue;
    out.print(`${bold(confidence)}  (${some.length})`);
    if (confidence === 'possible' && !possible) out.print('  --all lists them');
    else for (const { text } of some) out.print(`  ${text}`);
  }
  out.print(`\n${answer.summary ?? ''}`);
}
