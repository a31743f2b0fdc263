/** `intellimap slice`: what a value depends on, or what depends on it, line by line. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { sliceFacts } from '../../query/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { printAnswer } from '../explaining.ts';
import { asRecorded } from '../inside.ts';
import { withRun } from '../session.ts';
import { sliceText } from '../slice-text.ts';

export const slice: Command = {
  name: 'slice',
  usage: '<file>:<line>[:<column> | :<name>] [--forward] [--full] [--files <n>] [--all] [--explain] [--json]',
  summary: 'Shows the lines that a value depends on, or those that depend on it, and why.',
  details: [
    'data: its value is used · control: it decides whether that happens · call: a call leads\nthere · memory: it may be what is found in a shared variable or a property.',
    'Over files along the call graph; what the run called is marked.',
    '',
    '  intellimap slice src/cart.ts:40:total',
    '  intellimap slice src/config.ts:3:rate --forward',
  ].join('\n'),
  options: {
    run: { type: 'string' },
    forward: { type: 'boolean' },
    full: { type: 'boolean' },
    files: { type: 'string' },
    all: { type: 'boolean' },
    explain: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--forward', text: 'what depends on it, instead of what it depends on' },
    {
      usage: '--full',
      text: 'also on from what may be found in a property of that name: nothing is left out, much is too much',
    },
    { usage: '--files <n>', text: 'files that it goes into, at most (default 20; 1: its own)' },
    { usage: '--all', text: 'all places where it was not followed further' },
    { usage: '--run <id>', text: 'the run whose calls are marked (default: the latest)' },
    { usage: '--explain', text: 'with the SQL that was asked, and what was done to answer it' },
    { usage: '--json', text: 'print the answer as JSON (docs/schemas/slice.schema.json)' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const [place] = positionals;
    if (place === undefined)
      throw new Fault(
        ExitCode.USAGE,
        'a slice of what?',
        'for example: intellimap slice src/cart.ts:40:total',
      );
    const files = wholeNumber('--files', values['files']);
    const options = { isForward: values['forward'] === true, isFull: values['full'] === true, ...(files === undefined ? {} : { files }) };
    const root = findRoot(cwd);
    // The parser is loaded only when it is needed.
    const { sliceAt } = await import('../../graph/index.ts');
    const how = { isExplained: values['explain'] === true, asJson: values['json'] === true };
    await withRun({ cwd, out, source: 'calls', needsNoRun: true }, values['run'], async (session) =>
      await printAnswer(session, out, how, (asked) => sliceAt(root, sliceFacts(asked), asRecorded(cwd, place), options), (answer) => sliceText(answer, values['all'] === true, out)));
    return ExitCode.OK;
  },
}; // prettier-ignore
