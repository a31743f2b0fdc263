/** `intellimap open`: the recordings in a browser. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { CollectRun } from '../collect-run.ts';
import { beginCollecting, directions } from '../collecting.ts';
import { findRoot } from '../../record/workspace.ts';
import { finishRun } from '../finish-run.ts';
import { serve } from '../serving.ts';

const HIGHEST_PORT = 65_535;

export const open: Command = {
  name: 'open',
  usage: '[run] [--port <n>] [--no-browser] [--host <address>] [--collect]',
  summary: 'Shows the recordings of this workspace in a browser.',
  details: [
    'A server on this machine alone, until Ctrl-C. The address that is printed lets one in: whoever has it may look at',
    'everything that was recorded.',
  ].join('\n'),
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    'no-browser': { type: 'boolean' },
    collect: { type: 'boolean' },
  },
  help: [
    { usage: '[run]', text: 'id of a run, or a unique beginning of one (the latest by default)' },
    { usage: '--port <n>', text: 'the port (default: any that is free)' },
    { usage: '--no-browser', text: 'only prints the address' },
    { usage: '--host <address>', text: 'another address of this machine, which others may reach' },
    {
      usage: '--collect',
      text: 'also takes in what pages and OpenTelemetry send, as "intellimap collect" does',
    },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const port = wholeNumber('--port', values['port']) ?? 0;
    if (port > HIGHEST_PORT) throw new Fault(ExitCode.USAGE, `--port takes 0 to ${HIGHEST_PORT}`);
    const host = values['host'] === undefined ? undefined : String(values['host']);
    const browser = values['no-browser'] !== true;
    const collecting = values['collect'] === true ? await collectBeside({ cwd, out }) : undefined;
    try {
      await serve({ cwd, out, port, host, run: positionals[0], browser, print: out.print });
    } finally {
      await collecting?.();
    }
    process.exit(ExitCode.OK);
  },
};

/** What comes makes a run of its own, which the page shows when it has ended. Returns how to end it. */
async function collectBeside({ cwd, out }: Pick<Call, 'cwd' | 'out'>): Promise<() => Promise<void>> {
  const root = findRoot(cwd);
  const run = await CollectRun.prepare(root, cwd);
  const collecting = await beginCollecting({ root, values: {}, cwd, run: run.place, out });
  out.say(`intellimap: collecting on ${collecting.url}\n${directions(collecting)}`);
  return async () => {
    await collecting.close();
    await finishRun(run, out, false);
  };
}
