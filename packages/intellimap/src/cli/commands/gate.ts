/** `intellimap gate`: may this build pass? */
import { join, resolve } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { loadConfig } from '../../config/index.ts';
import { annotations, exitCodeOf, GATES, type GateReport } from '../../gates/index.ts';
import { recordingsFolder } from '../../record/folder.ts';
import { readKey } from '../../record/seal.ts';
import { findRoot } from '../../record/workspace.ts';
import type { Call, Command } from '../command.ts';
import { judgeRecorded, runAndJudge } from '../gate/ask.ts';
import { writeArtifacts } from '../gate/artifacts.ts';
import { sealReport } from '../gate/seals.ts';
import { renderGate } from '../gate/text.ts';

export const gate: Command = {
  name: 'gate',
  usage: '[run] [options] [-- <command…>]',
  summary: 'Compares a build with a baseline, and fails where it does less, or worse.',
  details: [
    'Without "run", runs that were recorded are compared with a saved baseline. With it, the command is recorded several',
    'times; with --interleave two builds, in pairs, which is what times can be judged by.',
    '',
    '  intellimap gate                                         the latest run, against "main"; of a pack of scenarios each,',
    '                                                          against "main.<scenario>"',
    '  intellimap gate run --interleave origin/main -- npm run -s work',
    '',
    'Exit codes: 0 passed · 1 failed · 2 could not be judged · 64 wrong usage · 70 something failed inside.',
  ].join('\n'),
  options: {
    baseline: { type: 'string' },
    runs: { type: 'string', multiple: true },
    last: { type: 'string' },
    command: { type: 'string' },
    only: { type: 'string', multiple: true },
    times: { type: 'string' },
    'times-most': { type: 'string' },
    interleave: { type: 'string' },
    prepare: { type: 'string' },
    alternate: { type: 'boolean' },
    include: { type: 'string', multiple: true },
    exclude: { type: 'string', multiple: true },
    out: { type: 'string' },
    annotations: { type: 'boolean' },
    sign: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--baseline <name|file>', text: 'what is compared with (default main)' },
    { usage: '--runs <id>', text: 'run of this build (repeatable, or ids with commas between)' },
    { usage: '--last <n>', text: 'the latest n runs of the same command (default 1)' },
    { usage: '--command <words>', text: 'of the latest command that has these words, not of the latest' },
    { usage: '--only <gate>', text: `only these gates: ${GATES.join(', ')} (repeatable, or with commas)` },
    {
      usage: '--times <n>',
      text: 'run: how often each build runs (default 10, 20 where that does not decide)',
    },
    { usage: '--times-most <n>', text: 'run: how often at most' },
    {
      usage: '--interleave <ref|folder>',
      text: 'run: the baseline is this commit, checked out beside, or this folder',
    },
    { usage: '--prepare <command>', text: "run: makes the checkout ready, e.g. 'npm ci && npm run build'" },
    { usage: '--alternate', text: 'run: one build after the other, not at the same time' },
    { usage: '--include, --exclude <glob>', text: 'run: as of "intellimap run"' },
    { usage: '--out <folder>', text: 'where the report goes (default .intellimap/reports/<run>)' },
    { usage: '--annotations', text: "GitHub's annotations on standard output (default on GitHub Actions)" },
    { usage: '--sign <key.pem>', text: 'seals the report (intellimap verify)' },
    { usage: '--json', text: 'print the report as JSON' },
  ],
  faultCodes: {
    [ExitCode.USAGE]: ExitCode.GATE_USAGE,
    [ExitCode.FAILED]: ExitCode.GATE_BROKEN,
  },
  async run(call: Call): Promise<number> {
    const [action, ...command] = call.positionals;
    if (action !== undefined && action !== 'run')
      throw new Fault(ExitCode.USAGE, `unknown "gate ${action}"`, 'intellimap gate run -- <command>');
    const root = findRoot(call.cwd);
    const asked = { ...call, root, configuration: await loadConfig(root) };
    // Before anything is run.
    if (typeof call.values['sign'] === 'string') readKey(resolve(call.cwd, call.values['sign']), 'private');
    const reports = action === 'run' ? [await runAndJudge(asked, command)] : await judgeRecorded(asked);
    const codes = reports.map((report) => tell(call, root, report, reports.length > 1));
    // One that fails outweighs one that could not be judged.
    return codes.find((code) => code === exitCodeOf('fail')) ?? Math.max(...codes);
  },
};

/** @param isOneOf several, of the scenarios of a pack: each has a folder of its own */
function tell({ values, out, cwd }: Call, root: string, report: GateReport, isOneOf: boolean): number {
  const folder =
    typeof values['out'] === 'string'
      ? resolve(cwd, values['out'], ...(isOneOf ? [report.id] : []))
      : join(recordingsFolder(root), 'reports', report.id);
  writeArtifacts(folder, report);
  if (typeof values['sign'] === 'string') sealReport(folder, report.id, resolve(cwd, values['sign']));
  const { paint, columns } = out;
  out.print(values['json'] ? JSON.stringify(report) : renderGate(report, { paint, columns }));
  if (values['annotations'] || process.env['GITHUB_ACTIONS'] === 'true') {
    const lines = annotations(report);
    // JSON on standard output stays JSON.
    if (lines !== '') (values['json'] ? out.say : out.print)(lines);
  }
  out.say(`\nreport  ${join(folder, 'gate.html')}`);
  return exitCodeOf(report.verdict);
}
