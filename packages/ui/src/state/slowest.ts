/** The cinema at the slowest call of a function, or of a file: all of it is in view. */
import { ask, NoAnswer } from '../api/ask.ts';
import { type AskedRun, askedRun } from './run.ts';
import { go } from './selection.ts';
import { tell } from './toasts.ts';

/** Beside the call, of its length; and µs at least. */
const AROUND = 0.15;
const LEAST_US = 1000;

/** @param runs another run than the one that is looked at, and what that is compared with from there */
export async function watchSlowest(
  of: { function: string } | { path: string },
  runs?: { run: string; against: string },
): Promise<void> {
  const asked: AskedRun = runs === undefined ? askedRun() : { run: runs.run };
  try {
    const found = await ask('slowest', { ...asked, ...of });
    if (found === null)
      return tell(`No call of it was kept one by one in ${runs === undefined ? 'this' : 'that'} run`, 'bad');
    const { t, thread, call, function: id, path, durationUs } = found;
    const around = Math.max(LEAST_US, durationUs * AROUND);
    go({
      ...runs,
      screen: 'cinema',
      t,
      window: [Math.max(0, t - around), t + durationUs + around],
      call: `${thread}.${call}`,
      function: id,
      module: path,
      level: 'function',
    });
  } catch (error) {
    if (error instanceof NoAnswer) tell(error.message, 'bad');
    else throw error;
  }
}
