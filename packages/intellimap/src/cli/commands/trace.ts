/** `intellimap trace`: opens gates in a program that runs, or tells what is traced. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { atMost, type Call, type Command, positive } from '../command.ts';
import { tracesOf, type TaskPredicate } from '../../runtime/index.ts';
import { printAnswers, runtimeFor, stateLines, targetHelp, targetOptions, traceLine } from '../steering.ts';

export const trace: Command = {
  name: 'trace',
  usage: '[<files> [<function>]] [options]',
  summary: 'Opens functions of a running program for recording; without files, tells what is open.',
  details: [
    'For programs that "intellimap run --gates count" (or off) has started: all functions are prepared, and cost next to',
    'nothing until they are traced. A trace ends by itself.',
    '',
    "  intellimap trace 'src/cart/**'",
    '  intellimap trace src/cart.ts Cart.total --for 10',
    "  intellimap trace '**' 'handle*'",
    '',
    'With --task, tasks instead of functions: a flight recorder keeps when one has ended, and sampling leaves none of them out.',
    '',
    "  intellimap trace --task 'GET /cart*' --slower 200",
  ].join('\n'),
  options: {
    ...targetOptions,
    for: { type: 'string' },
    calls: { type: 'string' },
    task: { type: 'string' },
    slower: { type: 'string' },
    status: { type: 'string' },
  },
  help: [
    { usage: '--for <seconds>', text: 'how long (default 60)' },
    { usage: '--calls <n>', text: 'and how many calls a process at most (default 1,000,000)' },
    { usage: '--task <name>', text: 'tasks of this name; * stands for anything' },
    { usage: '--slower <ms>', text: 'of these, those that take longer' },
    { usage: '--status <n>', text: 'of these, requests answered with this status' },
    ...targetHelp,
  ],
  async run(call: Call): Promise<number> {
    const { values, positionals, out } = call;
    atMost(2, positionals);
    const seconds = positive('--for', values['for']);
    const calls = positive('--calls', values['calls']);
    const runtime = runtimeFor(call);
    const [files, name] = positionals;
    const task = taskOf(values);
    if (task !== undefined) {
      if (files !== undefined) throw new Fault(ExitCode.USAGE, 'either files or --task, not both');
      printAnswers(call, await runtime.traceTask(task, seconds ? { expires: seconds } : {}), traceLine);
      return ExitCode.OK;
    }
    if (files === undefined) {
      const states = await runtime.status();
      const traces = states.flatMap(tracesOf);
      if (values['json']) out.print(JSON.stringify({ run: runtime.run, processes: states, traces }));
      else out.print([...states.map(stateLines), ...traces.map(traceLine)].join('\n'));
      return ExitCode.OK;
    }
    const options = { ...(seconds ? { seconds } : {}), ...(calls ? { calls } : {}) };
    const traces =
      name === undefined
        ? await runtime.trace(files, options)
        : await runtime.traceFunction(files, name, options);
    printAnswers(call, traces, traceLine);
    if (traces.every(({ functions }) => functions === 0))
      out.say('no function that is loaded so far matches; those that are loaded later will be traced');
    return ExitCode.OK;
  },
};

function taskOf(values: Call['values']): TaskPredicate | undefined {
  const name = values['task'] as string | undefined;
  const slowerThanMs = positive('--slower', values['slower']);
  const status = positive('--status', values['status']);
  if (name === undefined && slowerThanMs === undefined && status === undefined) return undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(slowerThanMs === undefined ? {} : { slowerThanMs }),
    ...(status === undefined ? {} : { status }),
  };
}
