/** What a gate leaves behind: the same answer in the forms that people and CI systems read. I/O: writes files. */
import { join } from 'node:path';
import { type GateReport, html, junit, markdown, sarif } from '../../gates/index.ts';
import { writeWhole } from './baseline-files.ts';

export function writeArtifacts(folder: string, report: GateReport): void {
  const files: Record<string, string> = {
    'gate.json': `${JSON.stringify(report, null, 2)}\n`,
    'gate.html': html(report),
    'junit.xml': junit(report),
    'gate.sarif': sarif(report),
    'comment.md': markdown(report),
  };
  for (const [name, text] of Object.entries(files)) writeWhole(join(folder, name), text);
}
