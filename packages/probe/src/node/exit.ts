/**
 * Flushes when the thread ends. `emit` is where natural ends, `process.exit()` and fatal errors all pass, and a place
 * after the program's own exit listeners that no listener list shows. It costs listeners of process events one more
 * line in their stacks.
 */
import { patchArguments, quietly, standsFor } from './patch.ts';

// Taken now: programs delete globals, or put others into their place.
const { apply } = Reflect;
const { process } = globalThis;

export interface Ending {
  /** After the 'exit' listeners. `last`: no code of the program runs any more. */
  exit: (last: boolean) => void;
  /** Before Node looks for somebody to handle it. */
  uncaught: (error: unknown, origin: string) => void;
  /** A promise was rejected, and nobody has handled it yet. */
  unhandled: (reason: unknown) => void;
  /** Whether a 'worker' event is about our own worker. */
  isOwnWorker: (worker: unknown) => boolean;
  /** Number that the program sees of a thread which has sent a message. */
  shownThread: (tid: number) => number;
}

export function watchEnding(ending: Ending): void {
  // A `--require` of the program ran before us and may have put an `emit` of its own in front (tsx does).
  const holder = (
    Object.hasOwn(process, 'emit') ? process : Object.getPrototypeOf(process)
  ) as NodeJS.Process;
  // oxlint-disable-next-line typescript/unbound-method -- called with Reflect.apply
  const original = holder.emit as (...args: unknown[]) => boolean;
  // Passed on without spreading: a program may have changed how arrays are iterated.
  const watched = function emit(this: unknown, ...args: unknown[]): boolean {
    const type = args[0];
    if (this !== process) return apply(original, this, args);
    if (type === 'uncaughtExceptionMonitor') quietly(() => ending.uncaught(args[1], String(args[2])));
    if (type === 'unhandledRejection') quietly(() => ending.unhandled(args[1]));
    if (type === 'worker' && ending.isOwnWorker(args[1])) return false;
    if (type === 'workerMessage' && typeof args[2] === 'number') args[2] = ending.shownThread(args[2]);
    if (type !== 'exit' && type !== 'uncaughtException') return apply(original, this, args);
    let threw = true;
    try {
      const answer = apply(original, this, args);
      threw = false;
      return answer;
    } finally {
      // A listener for uncaught errors that throws ends the process at once, with no further event.
      if (type === 'exit' || threw)
        quietly(() => ending.exit(threw || (process as { _exiting?: boolean })._exiting === true));
    }
  };
  // `process.exit()` in an exit listener ends here and never returns to `emit`.
  patchArguments(process, 'reallyExit', () => {
    ending.exit(true);
    return undefined;
  });
  standsFor(watched, original);
  // Said here: bundling takes the name away.
  Object.defineProperty(watched, 'name', { value: 'emit', configurable: true });
  Object.defineProperty(watched, 'length', { value: original.length, configurable: true });
  Object.defineProperty(holder, 'emit', {
    writable: true,
    configurable: true,
    enumerable: false,
    ...Object.getOwnPropertyDescriptor(holder, 'emit'),
    value: watched,
  });
}
