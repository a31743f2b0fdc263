/** `intellimap report`: what happened in a recorded run, and what analyses make of it. */
import { ANALYSES, askAnalyses, extendedAnalyses } from '../../analyses/index.ts';
import { ExitCode, Fault } from '../../base/fault.ts';
import { listening, runSummary, type Session } from '../../query/index.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { type Report, renderReport } from '../report/render.ts';
import { reportAnswer } from '../report/json.ts';
import { withRun } from '../session.ts';
import { JSON_ROWS } from '../summary.ts';

/** Narrower ones cannot hold the figures. */
const NARROWEST = 40;

export const report: Command = {
  name: 'report',
  usage: '[run] [--only <analysis>] [--all] [--explain] [--width <n>] [--json | --html <file>]',
  summary: 'Says what happened in a run (the latest by default), and what is worth a look.',
  options: {
    only: { type: 'string', multiple: true },
    all: { type: 'boolean' },
    explain: { type: 'boolean' },
    width: { type: 'string' },
    json: { type: 'boolean' },
    html: { type: 'string' },
    gate: { type: 'string' },
  },
  help: [
    { usage: '[run]', text: 'id of a run, or a unique beginning of one' },
    { usage: '--only <analysis>', text: 'only what this analysis found (repeatable)' },
    { usage: '--all', text: 'all findings and rows' },
    { usage: '--explain', text: 'with the SQL that was asked, for "intellimap query"' },
    { usage: '--width <n>', text: "characters in a line (default: the terminal's, or 80)" },
    { usage: '--json', text: 'print the report as JSON (docs/schemas/report.schema.json)' },
    {
      usage: '--html <file>',
      text: 'one page with everything in it, for CI and mail: 2 MB at most, unless --all',
    },
    { usage: '--gate <file>', text: 'a gate.json, to stand first on that page' },
  ],
  async run(call: Call): Promise<number> {
    const { values, positionals, out, cwd } = call;
    atMost(1, positionals);
    const width = wholeNumber('--width', values['width']);
    if (width !== undefined && width < NARROWEST)
      throw new Fault(ExitCode.USAGE, `--width takes ${NARROWEST} or more`);
    const file = values['html'] as string | undefined;
    const gate = values['gate'] as string | undefined;
    if (file === undefined && gate !== undefined) throw new Fault(ExitCode.USAGE, '--gate goes with --html');
    if (file !== undefined && values['json']) throw new Fault(ExitCode.USAGE, '--html or --json, not both');
    const columns = width ?? Math.max(NARROWEST, out.columns);
    const explain = Boolean(values['explain']);
    await withRun({ cwd, out, source: true }, positionals[0], async (session, { analyses }) => {
      const rows =
        file !== undefined || values['json'] || values['all'] ? JSON_ROWS : session.settings.report.rows;
      const found = await asked(session, { ...ANALYSES, ...extendedAnalyses(analyses) }, rows, call);
      if (file !== undefined) {
        const { writePage } = await import('../report/html/index.ts');
        const written = await writePage(session, found, {
          file,
          gate: gate ?? null,
          cwd,
          all: Boolean(values['all']),
        });
        out.print(written);
        return;
      }
      if (values['json']) {
        out.print(JSON.stringify(reportAnswer(found, explain), null, 2));
        return;
      }
      const findings = values['all'] ? Infinity : session.settings.report.findings;
      const layout = { paint: out.paint, columns, rows, findings, explain };
      out.print(renderReport(found, layout, values['only'] !== undefined));
    });
    return ExitCode.OK;
  },
};

async function asked(
  session: Session,
  analyses: Record<string, unknown>,
  rows: number,
  { values, out }: Call,
): Promise<Report> {
  const only = values['only'] as string[] | undefined;
  const heard = listening(session);
  const summary = await runSummary(heard.session, rows);
  const answers = await askAnalyses(session, analyses, {
    ...(only === undefined ? {} : { only }),
    skip: session.settings.report.skip,
    onProgress: (title) => out.progress(`asking … ${title}`),
  });
  return { summary, statements: heard.statements, answers };
}
