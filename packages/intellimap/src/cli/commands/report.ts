/** `intellimap report`: what happened in a recorded run. */
import { ExitCode } from '../../base/fault.ts';
import { runSummary } from '../../query/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { withRun } from '../session.ts';
import { JSON_ROWS, renderSummary } from '../summary.ts';

/** Rows of each list. */
const ROWS = 10;

export const report: Command = {
  name: 'report',
  usage: '[run] [--json]',
  summary: 'Says what happened in a run (the latest by default).',
  options: { json: { type: 'boolean' } },
  help: [
    { usage: '[run]', text: 'id of a run, or a unique beginning of one' },
    { usage: '--json', text: 'print the report as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    await withRun({ cwd, out }, positionals[0], async (session) => {
      const { paint, columns } = out;
      out.print(
        values['json']
          ? JSON.stringify(await runSummary(session, JSON_ROWS), null, 2)
          : renderSummary(await runSummary(session, ROWS), { paint, columns, rows: ROWS }),
      );
    });
    return ExitCode.OK;
  },
};
