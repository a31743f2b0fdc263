/** `intellimap keep`: the flight recorders of a running program keep what they hold. */
import { ExitCode } from '../../base/fault.ts';
import type { Call, Command } from '../command.ts';
import { runtimeFor, stateLines, targetHelp, targetOptions } from '../traces.ts';

export const keep: Command = {
  name: 'keep',
  usage: '[<reason>] [options]',
  summary: 'Writes down what the flight recorder of a running program holds ("intellimap run --flight").',
  options: targetOptions,
  help: targetHelp,
  async run(call: Call): Promise<number> {
    const { values, positionals, out } = call;
    const states = await runtimeFor(call).keep(positionals.join(' ') || undefined);
    out.print(values['json'] ? JSON.stringify(states) : states.map(stateLines).join('\n'));
    return ExitCode.OK;
  },
};
