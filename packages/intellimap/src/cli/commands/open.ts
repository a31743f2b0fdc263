/** `intellimap open`: the recordings in a browser. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { serve } from '../serving.ts';

const HIGHEST_PORT = 65_535;

export const open: Command = {
  name: 'open',
  usage: '[run] [--port <n>] [--no-browser] [--host <address>]',
  summary: 'Shows the recordings of this workspace in a browser.',
  details: [
    'A server on this machine alone, until Ctrl-C. The address that is printed lets one in: whoever has it may look at',
    'everything that was recorded.',
  ].join('\n'),
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    'no-browser': { type: 'boolean' },
  },
  help: [
    { usage: '[run]', text: 'id of a run, or a unique beginning of one (the latest by default)' },
    { usage: '--port <n>', text: 'the port (default: any that is free)' },
    { usage: '--no-browser', text: 'only prints the address' },
    { usage: '--host <address>', text: 'another address of this machine, which others may reach' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const port = wholeNumber('--port', values['port']) ?? 0;
    if (port > HIGHEST_PORT) throw new Fault(ExitCode.USAGE, `--port takes 0 to ${HIGHEST_PORT}`);
    const host = values['host'] === undefined ? undefined : String(values['host']);
    const browser = values['no-browser'] !== true;
    await serve({ cwd, out, port, host, run: positionals[0], browser, print: out.print });
    process.exit(ExitCode.OK);
  },
};
