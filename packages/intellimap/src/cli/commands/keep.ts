/** `intellimap keep`: the flight recorders of a running program keep what they hold. */
import { ExitCode } from '../../base/fault.ts';
import type { Call, Command } from '../command.ts';
import { printAnswers, reasonOf, runtimeFor, stateLines, targetHelp, targetOptions } from '../steering.ts';

export const keep: Command = {
  name: 'keep',
  usage: '[<reason>] [options]',
  summary: 'Writes down what the flight recorder of a running program holds ("intellimap run --flight").',
  options: targetOptions,
  help: targetHelp,
  async run(call: Call): Promise<number> {
    const states = await runtimeFor(call).keep(reasonOf(call));
    printAnswers(call, states, stateLines);
    return ExitCode.OK;
  },
};
