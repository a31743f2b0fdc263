/** How much a run tells of: where nothing is found, it says what was looked at. Pure. */
import { plural, short } from './format.ts';

interface Watched {
  calls: number;
  functions: { hit: number };
  tasks: { count: number };
}

/** `18.0 k calls of 4 functions in 1 task` */
export const watched = ({ calls, functions, tasks }: Watched): string =>
  `${short(calls)} ${calls === 1 ? 'call' : 'calls'} of ${plural(functions.hit, 'function')} in ${plural(tasks.count, 'task')}`;
