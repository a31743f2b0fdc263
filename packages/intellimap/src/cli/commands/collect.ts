/** `intellimap collect`: pages and programs elsewhere are recorded. */
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ExitCode } from '../../base/fault.ts';
import type { Collected } from '../../collect/server.ts';
import { findRoot } from '../../record/workspace.ts';
import { CollectRun } from '../collect-run.ts';
import { beginCollecting, collectHelp, collectOptions, directions, liveText } from '../collecting.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { finishRun } from '../finish-run.ts';
import { version } from '../help.ts';
import { untilSignal } from '../until-signal.ts';

/** What `--json` prints. */
export interface CollectAnswer extends Collected {
  /** null: nothing came. */
  run: string | null;
}

export const collect: Command = {
  name: 'collect',
  usage: '[--port <n>] [--host <address>] [--allow-origin <origin>] [--json]',
  summary: 'Takes in what built pages and OpenTelemetry send, as a run of its own.',
  details: [
    'Until Ctrl-C, on this machine alone: batches of pages that intellimap/vite built, and OTLP over HTTP (traces, logs,',
    'metrics). Port and token are those of the workspace, .intellimap/collector.json. "intellimap run" does it as well',
    'while it records a command, once there is a build.',
  ].join('\n'),
  options: { ...collectOptions, json: { type: 'boolean' }, 'no-summary': { type: 'boolean' } },
  help: [
    ...collectHelp,
    { usage: '--json', text: 'print what came as JSON when it has ended' },
    { usage: '--no-summary', text: 'say nothing of the run at the end; "intellimap report" tells it later' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    const root = findRoot(cwd);
    const run = await CollectRun.prepare(root, cwd);
    const collecting = await beginCollecting({ root, values, cwd, run: run.place, out, isLive: true });
    out.say(`intellimap: collecting on ${collecting.url}\n${directions(collecting)}`);
    out.say(out.paintError.dim('Ctrl-C ends it.'));
    await untilSignal();
    await collecting.close();
    const collected = collecting.collected();
    await finishRun(run, out, !values['json'] && !values['no-summary']);
    const file = values['otlp-out'];
    if (file !== undefined && collected.threads > 0)
      await appendSpans(run, root, resolve(cwd, String(file)), out);
    const answer: CollectAnswer = { run: run.file?.id ?? null, ...collected };
    if (values['json']) out.print(JSON.stringify(answer, null, 2));
    else out.say(`intellimap: ${run.file === undefined ? 'nothing came' : liveText(collected)}`);
    return ExitCode.OK;
  },
};

/** Calls of pages, behind what came from OpenTelemetry. */
async function appendSpans(run: CollectRun, root: string, file: string, out: Call['out']): Promise<void> {
  const { recordedSpans, sourceOf } = await import('../../exchange/index.ts');
  const { withRun } = await import('../session.ts');
  try {
    await withRun({ cwd: root, out }, run.file?.id, async (session) => {
      const exporter = `intellimap ${version()}`;
      for await (const line of recordedSpans(await sourceOf(session), exporter)) appendFileSync(file, line);
    });
  } catch (error) {
    out.say(`intellimap: calls of pages are not in ${file}: ${(error as Error).message}`);
  }
}
