/** How `run` ends: what the recording tells, on standard error. */
import type { RunFile } from '../base/recording.ts';
import { NO_EXTENSIONS } from '../config/index.ts';
import { runSummary } from '../query/index.ts';
import type { Call } from './command.ts';
import { withRun } from './session.ts';
import { JSON_ROWS, renderSummary } from './summary.ts';

export async function summarise({ root, id }: RunFile, json: boolean, out: Call['out']): Promise<void> {
  // Who records is not told what is wrong with extensions, which are for those who ask.
  await withRun({ cwd: root, out, extensions: NO_EXTENSIONS }, id, async (session) => {
    const rows = session.settings.report.rowsAfterRun;
    const summary = await runSummary(session, json ? JSON_ROWS : rows);
    const layout = { paint: out.paintError, columns: out.columns, rows };
    out.say(json ? JSON.stringify(summary) : `\n${renderSummary(summary, layout)}`);
  });
}
