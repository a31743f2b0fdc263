/** Ctrl-C while something runs that can be stopped: it is told once; a second time ends the process, as always. */
import { ExitCode } from '../base/fault.ts';

/** @param work is given a signal that aborts on SIGINT */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(ExitCode.INTERRUPTED);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', onSignal);
  }
}
