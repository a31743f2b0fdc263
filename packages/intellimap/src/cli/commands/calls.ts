/** `intellimap calls`: who may call a function and what it may call, with what runs saw of that. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { callsAround } from '../../query/index.ts';
import { callsText } from '../calls-text.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { asRecorded } from '../inside.ts';
import { withRun } from '../session.ts';

export const calls: Command = {
  name: 'calls',
  usage: '<function> [--all] [--json]',
  summary: 'Shows who may call a function and what it may call, and what runs saw of that.',
  details:
    'The call graph of the text as it is now, beside what all runs recorded:\ncalls that never happened, and calls that the text does not tell.',
  options: { all: { type: 'boolean' }, json: { type: 'boolean' } },
  help: [
    { usage: '--all', text: 'all callers and callees, and calls that lead nowhere known' },
    { usage: '--json', text: 'print the answer as JSON (docs/schemas/calls.schema.json)' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const [name] = positionals;
    if (name === undefined)
      throw new Fault(ExitCode.USAGE, 'which function?', 'for example: intellimap calls checkout');
    const answer = await withRun({ cwd, out, source: 'calls', needsNoRun: true }, undefined, (session) =>
      callsAround(session, asRecorded(cwd, name)),
    );
    if (answer.found === 0)
      throw new Fault(
        ExitCode.NOT_FOUND,
        `no function of the source matches "${name}"`,
        'see: intellimap query "select name, path from source_functions"',
      );
    if (values['json']) out.print(JSON.stringify(answer, null, 2));
    else out.print(answer.matches.map((each) => callsText(each, values['all'] === true, out)).join('\n\n'));
    if (answer.found > answer.matches.length)
      out.say(`intellimap: ${answer.found} functions match; these are the most called ones`);
    return ExitCode.OK;
  },
};
