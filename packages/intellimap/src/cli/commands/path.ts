/** `intellimap path`: over which calls one gets from here to there, with what runs saw of each. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { callPaths, type PathOptions } from '../../query/index.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { printAnswer } from '../explaining.ts';
import { asRecorded } from '../inside.ts';
import { pathsText } from '../path-text.ts';
import { withRun } from '../session.ts';

export const path: Command = {
  name: 'path',
  usage: '<from> <to> [--ran | --text] [--maybe] [--max <n>] [--all] [--explain] [--json]',
  summary: 'Shows over which calls one gets from a function to another, to a package, or to a line.',
  details: [
    'The shortest ways first, over calls that the text has and calls that the run saw;\nbeside each call what is known of it.',
    '',
    '  intellimap path checkout Database.query',
    '  intellimap path src/server.ts node:fs',
    '  intellimap path main src/shop/cart.ts:40 --ran',
  ].join('\n'),
  options: {
    run: { type: 'string' },
    ran: { type: 'boolean' },
    text: { type: 'boolean' },
    maybe: { type: 'boolean' },
    max: { type: 'string' },
    all: { type: 'boolean' },
    explain: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--run <id>', text: 'the run to ask (default: the latest)' },
    { usage: '--ran', text: 'only calls that the run saw' },
    { usage: '--text', text: 'only calls that the text has' },
    { usage: '--maybe', text: 'also calls of which the text only says that they may be' },
    { usage: '--max <n>', text: 'calls of a way, at most (default 20)' },
    { usage: '--all', text: 'up to 50 ways instead of 5' },
    { usage: '--explain', text: 'with the SQL that was asked, and what was done to answer it' },
    { usage: '--json', text: 'print the answer as JSON (docs/schemas/path.schema.json)' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(2, positionals);
    const [from, to] = positionals;
    if (from === undefined || to === undefined)
      throw new Fault(
        ExitCode.USAGE,
        'from where to where?',
        'for example: intellimap path checkout Database.query',
      );
    if (values['ran'] && values['text'])
      throw new Fault(ExitCode.USAGE, '--ran and --text contradict each other', 'leave out one');
    const options = optionsOf(values);
    const named = (text: string): string => asRecorded(cwd, text);
    const how = { isExplained: values['explain'] === true, asJson: values['json'] === true };
    await withRun(
      { cwd, out, source: 'calls', needsNoRun: true },
      values['run'],
      async (session) =>
        await printAnswer(
          session,
          out,
          how,
          (asked) => callPaths(asked, named(from), named(to), options),
          (answer) => pathsText(answer, out),
        ),
    );
    return ExitCode.OK;
  },
};

function optionsOf(values: Call['values']): PathOptions {
  const most = wholeNumber('--max', values['max']);
  return {
    ...(values['ran'] ? { evidence: 'ran' as const } : values['text'] ? { evidence: 'text' as const } : {}),
    ...(most === undefined ? {} : { most }),
    maybe: values['maybe'] === true,
    alternatives: values['all'] ? 50 : 5,
  };
}
