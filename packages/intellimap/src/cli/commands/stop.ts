/** `intellimap stop`: ends traces. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { printAnswers, runtimeFor, targetHelp, targetOptions, traceLine } from '../steering.ts';

export const stop: Command = {
  name: 'stop',
  usage: '<trace> | --all [options]',
  summary: 'Ends a trace: what it opened is closed again. The program runs on.',
  options: { ...targetOptions, all: { type: 'boolean' } },
  help: [{ usage: '--all', text: 'every trace' }, ...targetHelp],
  async run(call: Call): Promise<number> {
    const { values, positionals, out } = call;
    atMost(1, positionals);
    const [id] = positionals;
    if ((id === undefined) !== Boolean(values['all']))
      throw new Fault(
        ExitCode.USAGE,
        'stop takes the id of a trace, or --all',
        '"intellimap trace" lists them',
      );
    const runtime = runtimeFor(call);
    const ids = id === undefined ? (await runtime.listTraces()).map((each) => each.id) : [id];
    const ended = [];
    for (const each of ids) ended.push(await runtime.stopTrace(each));
    printAnswers(call, ended, traceLine);
    if (ended.length === 0) out.say('nothing is traced');
    return ExitCode.OK;
  },
};
