/** `intellimap panic`: the emergency stop. */
import { ExitCode } from '../../base/fault.ts';
import type { Call, Command } from '../command.ts';
import { runtimeFor, stateLines, targetHelp, targetOptions } from '../traces.ts';

export const panic: Command = {
  name: 'panic',
  usage: '[<reason>] [options]',
  summary: 'Stops recording in a running program at once. The program runs on, its event loop stuck or not.',
  options: targetOptions,
  help: targetHelp,
  async run(call: Call): Promise<number> {
    const { values, positionals, out } = call;
    const reason = positionals.join(' ') || undefined;
    const states = await runtimeFor(call).emergencyStop(reason);
    out.print(values['json'] ? JSON.stringify(states) : states.map(stateLines).join('\n'));
    return ExitCode.OK;
  },
};
