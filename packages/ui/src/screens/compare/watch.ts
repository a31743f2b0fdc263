/** From a function to its slowest call, in either run. */
import { ask, NoAnswer } from '../../api/ask.ts';
import { go } from '../../state/selection.ts';
import { tell } from '../../state/toasts.ts';

/** Ids of the run that is gone to, and of the one that it is compared with from there. */
export interface Runs {
  run: string;
  against: string;
}

export async function watchSlowest(id: string, { run, against }: Runs): Promise<void> {
  try {
    const found = await ask('slowest', { run, function: id });
    if (found === null) return tell('No call of it was kept one by one in that run', 'bad');
    const around = Math.max(1000, found.durationUs * 0.15);
    go({
      screen: 'cinema',
      run,
      against,
      t: found.t,
      window: [Math.max(0, found.t - around), found.t + found.durationUs + around],
      call: `${found.thread}.${found.call}`,
      function: found.function,
      module: found.path,
      level: 'function',
    });
  } catch (error) {
    if (error instanceof NoAnswer) tell(error.message, 'bad');
    else throw error;
  }
}
