/** The options of `intellimap run` that ask V8 to measure. Pure. */
import { ExitCode, Fault } from '../base/fault.ts';
import type { V8Wanted } from '../base/recording.ts';
import { type Call, type OptionHelp, wholeNumber } from './command.ts';

/** µs between two CPU samples: within what a program loses anyway. 1000 to 2000 show more. */
const INTERVAL = 5000;
/** V8 takes a few µs for a sample itself. */
const LEAST_INTERVAL = 100;

export const v8Options = {
  'cpu-profile': { type: 'string' },
  coverage: { type: 'boolean' },
  heap: { type: 'string' },
} as const;

/** Their values may be left out: what is meant then. */
export const v8Meant = { 'cpu-profile': String(INTERVAL), heap: 'count' };

export const v8Help: OptionHelp[] = [
  {
    usage: '--cpu-profile[=<µs>]',
    text: `V8 also takes a CPU sample of each thread every so many µs (default ${INTERVAL}; 1000 to 2000 show more)`,
  },
  { usage: '--coverage', text: 'V8 also counts how often each block of the code was passed' },
  {
    usage: '--heap[=keep]',
    text: 'V8 also takes a snapshot of the heap when the program was loaded and when it ends, of which objects are counted by constructor; keep: the snapshots stay',
  },
];

/** @throws Fault for what V8 does not take */
export function v8Wanted(values: Call['values']): V8Wanted | undefined {
  const cpu = wholeNumber('--cpu-profile', values['cpu-profile']);
  if (cpu !== undefined && cpu < LEAST_INTERVAL)
    throw new Fault(
      ExitCode.USAGE,
      `--cpu-profile takes µs, at least ${LEAST_INTERVAL}, not "${String(values['cpu-profile'])}"`,
    );
  const heap = heapWanted(values['heap']);
  const wanted: V8Wanted = {
    ...(cpu === undefined ? {} : { cpu }),
    ...(values['coverage'] ? { coverage: true as const } : {}),
    ...(heap === undefined ? {} : { heap }),
  };
  return Object.keys(wanted).length === 0 ? undefined : wanted;
}

function heapWanted(value: Call['values'][string]): V8Wanted['heap'] {
  if (value === undefined || value === 'count' || value === 'keep') return value;
  throw new Fault(ExitCode.USAGE, `--heap takes keep, or nothing, not "${value.toString()}"`);
}
