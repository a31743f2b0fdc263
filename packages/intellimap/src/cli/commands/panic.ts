/** `intellimap panic`: the emergency stop. */
import { ExitCode } from '../../base/fault.ts';
import type { Call, Command } from '../command.ts';
import { printAnswers, reasonOf, runtimeFor, stateLines, targetHelp, targetOptions } from '../steering.ts';

export const panic: Command = {
  name: 'panic',
  usage: '[<reason>] [options]',
  summary: 'Stops recording in a running program at once. The program runs on, its event loop stuck or not.',
  options: targetOptions,
  help: targetHelp,
  async run(call: Call): Promise<number> {
    const states = await runtimeFor(call).emergencyStop(reasonOf(call));
    printAnswers(call, states, stateLines);
    return ExitCode.OK;
  },
};
