/** `intellimap limits`: budgets of a program that runs. */
import { ExitCode } from '../../base/fault.ts';
import { atMost, type Call, type Command, positive, sampleRate } from '../command.ts';
import { printAnswers, runtimeFor, stateLines, targetHelp, targetOptions } from '../steering.ts';

/** Option → field of the limits. */
const FIELDS = {
  cpu: 'cpu',
  memory: 'memory',
  events: 'eventsPerSecond',
  bytes: 'bytes',
  seconds: 'seconds',
} as const;

export const limits: Command = {
  name: 'limits',
  usage: '[options]',
  summary:
    'Sets what recording may cost a running program; beyond it, all gates close. Without options, tells.',
  options: {
    ...targetOptions,
    cpu: { type: 'string' },
    memory: { type: 'string' },
    events: { type: 'string' },
    bytes: { type: 'string' },
    seconds: { type: 'string' },
    sample: { type: 'string' },
  },
  help: [
    {
      usage: '--cpu <percent>',
      text: 'of what the program takes of the processors: beyond it, functions that are called most are counted, not told',
    },
    {
      usage: '--memory <MiB>',
      text: 'resident memory of a process (in a container 90 % of what it may have, unless told otherwise)',
    },
    { usage: '--events <n>', text: 'events a second' },
    { usage: '--bytes <n>', text: 'size of the recording of a process' },
    { usage: '--seconds <s>', text: 'from now on' },
    {
      usage: '--sample <rate|auto>',
      text: 'no limit: the share of tasks that is kept from now on, as with "intellimap run"',
    },
    { usage: 'none', text: 'as a value takes a limit away' },
    ...targetHelp,
  ],
  async run(call: Call): Promise<number> {
    const { values, positionals } = call;
    atMost(0, positionals);
    const given = Object.entries(FIELDS).flatMap(([option, field]) => {
      const text = values[option];
      if (text === undefined) return [];
      return [[field, text === 'none' ? null : positive(`--${option}`, text)] as const];
    });
    const sample = values['sample'] === 'none' ? null : sampleRate(values['sample']);
    const states = await runtimeFor(call).setLimits({
      ...Object.fromEntries(given),
      ...(sample === undefined ? {} : { sample }),
    });
    printAnswers(call, states, stateLines);
    return ExitCode.OK;
  },
};
