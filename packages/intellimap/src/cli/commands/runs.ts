/** `intellimap runs`: the recordings of this workspace. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { listRuns, type RunLine } from '../../query/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { grouped, oneLine, time } from '../format.ts';
import { findRoot } from '../../record/workspace.ts';
import { withRun } from '../session.ts';
import { type ListedRun, runsOf, storageNamed } from '../storages.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

export const runs: Command = {
  name: 'runs',
  usage: '[--place <name>] [--json]',
  summary: 'Lists the recordings of this workspace, newest first.',
  options: { place: { type: 'string' }, json: { type: 'boolean' } },
  help: [
    { usage: '--place <name>', text: 'those of a place that the configuration adds' },
    { usage: '--json', text: 'print the list as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    if (typeof values['place'] === 'string') {
      const stored = await runsOf(await storageNamed(findRoot(cwd), values['place'], out));
      if (values['json']) out.print(JSON.stringify(stored, null, 2));
      else out.print(stored.length === 0 ? `no runs at ${values['place']}` : storedText(stored, out));
      return ExitCode.OK;
    }
    const lines = await withRun({ cwd, out }, undefined, ({ db }) => listRuns(db)).catch((error: unknown) => {
      // A list of nothing is an answer, too.
      if (error instanceof Fault && error.exitCode === ExitCode.NOT_FOUND) return [];
      throw error;
    });
    if (values['json']) out.print(JSON.stringify(lines, null, 2));
    else if (lines.length === 0) out.print('no recordings yet; make one: npx intellimap run -- <command>');
    else out.print(render(lines, out));
    return ExitCode.OK;
  },
};

function storedText(runs: ListedRun[], { paint, columns }: Terminal): string {
  const rows = runs.map(({ id, startedAt, command }) => [
    paint.cyan(oneLine(id, 40)),
    new Date(startedAt).toISOString().slice(0, 16).replace('T', ' '),
    oneLine(command.join(' '), Math.max(20, columns - 48)),
  ]);
  return table(rows, { head: ['run', 'began (UTC)', 'command'].map(paint.dim) });
}

function render(lines: RunLine[], { paint, columns }: Terminal): string {
  const head = ['run', 'took', 'calls', 'errors', 'ended', 'command'].map(paint.dim);
  const rows = lines.map((line) => [
    paint.cyan(line.id),
    line.durationMs === null ? '' : time(line.durationMs),
    grouped(line.calls),
    line.errors === 0 ? '' : String(line.errors),
    `${line.signal ?? line.exitCode ?? '?'}${line.complete ? '' : paint.yellow(' (not complete)')}`,
    oneLine(
      [...line.labels.map((label) => `[${label}]`), ...line.command].join(' '),
      Math.max(20, columns - 68),
    ),
  ]);
  return table(rows, { head, right: [1, 2, 3] });
}
