/** `intellimap dead`: what no run executed, and how sure it is that nobody needs it. */
import { askAnalyses, deadCodeSince, neverExecuted } from '../../analyses/index.ts';
import { ExitCode, Fault } from '../../base/fault.ts';
import type { Session } from '../../query/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { printFindings } from '../findings-text.ts';
import { analysisJson } from '../report/json.ts';
import { withRun } from '../session.ts';

export const dead: Command = {
  name: 'dead',
  usage: '[--since <date>] [--all] [--json]',
  summary: 'Lists code that no run executed, and how sure it is that nobody needs it.',
  options: { since: { type: 'string' }, all: { type: 'boolean' }, json: { type: 'boolean' } },
  help: [
    { usage: '--since <date>', text: 'only runs since then count, e.g. 2026-11-01' },
    { usage: '--all', text: 'what live code refers to, too: handlers of errors that never happened' },
    { usage: '--json', text: 'print all findings as JSON (docs/schemas/dead.schema.json)' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    const since = sinceOf(values['since']);
    const analysis =
      since === undefined
        ? neverExecuted
        : { ...neverExecuted, check: (session: Session) => deadCodeSince(session, since) };
    await withRun({ cwd, out, source: true }, undefined, async (session) => {
      const [answer] = await askAnalyses(session, { analysis });
      if (values['json']) out.print(JSON.stringify(analysisJson(answer, false), null, 2));
      else printFindings(answer, out, values['all'] === true);
    });
    return ExitCode.OK;
  },
};

/** ms since the epoch */
function sinceOf(text: Call['values'][string]): number | undefined {
  if (text === undefined) return undefined;
  const time = typeof text === 'string' ? Date.parse(text) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new Fault(ExitCode.USAGE, `--since takes a date, not "${text.toString()}"`, 'for example 2026-11-01');
}
