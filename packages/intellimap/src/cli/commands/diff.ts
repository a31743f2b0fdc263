/** `intellimap diff`: what a run does otherwise than another one. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { drift } from '../../query/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { renderDrift } from '../drift.ts';
import type { DiffAnswer } from '../shapes/diff.ts';
import { withRun } from '../session.ts';

/** Differences of each kind of reason, unless all are wanted. */
const ROWS = 20;

export const diff: Command = {
  name: 'diff',
  usage: '[run] [<other run>] [--all] [--json]',
  summary:
    'Says what a run does otherwise than another one, by default the complete one of the same command before it.',
  details: [
    'Functions are compared by what they are, not by their lines: what somebody changed is told apart from what',
    'behaves otherwise though its code is the same. Earlier runs of the command show what differs each time.',
  ].join('\n'),
  options: { all: { type: 'boolean' }, json: { type: 'boolean' } },
  help: [
    { usage: '[run]', text: 'id of a run, or a unique beginning of one (the latest by default)' },
    { usage: '[<other run>]', text: 'the run that it is compared with' },
    { usage: '--all', text: `all differences, not the first ${ROWS}` },
    { usage: '--json', text: 'print them as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(2, positionals);
    await withRun({ cwd, out }, positionals[0], async (session) => {
      const found = await drift(session, positionals[1]);
      if (found === null)
        throw new Fault(
          ExitCode.NOT_FOUND,
          `there is no earlier complete run of the same command and tier as ${session.run.id}`,
          'name the run to compare with: intellimap diff <run> <other run>; "intellimap runs" lists them',
        );
      const { paint, columns } = out;
      out.print(
        values['json']
          ? JSON.stringify({ run: session.run.id, ...found } satisfies DiffAnswer, null, 2)
          : renderDrift(session.run.id, found, { paint, columns, rows: values['all'] ? Infinity : ROWS }),
      );
    });
    return ExitCode.OK;
  },
};
