/**
 * Flushes when the thread ends. `emit` is where natural ends, `process.exit()` and fatal errors all pass, and a place
 * after the program's own exit listeners that no listener list shows. It costs listeners of process events one more
 * line in their stacks.
 */
import { patchFunction, quietly, standsFor } from './patch.ts';

// Taken now: programs delete globals.
const { apply } = Reflect;

export interface Ending {
  /** After the 'exit' listeners. `last`: no code of the program runs any more. */
  exit: (last: boolean) => void;
  /** Before Node looks for somebody to handle it. */
  uncaught: (error: unknown, origin: string) => void;
  /** Whether a 'worker' event is about our own worker. */
  isOwnWorker: (worker: unknown) => boolean;
}

export function watchEnding(ending: Ending): void {
  // A `--require` of the program ran before us and may have put an `emit` of its own in front (tsx does).
  const holder = (
    Object.hasOwn(process, 'emit') ? process : Object.getPrototypeOf(process)
  ) as NodeJS.Process;
  // oxlint-disable-next-line typescript/unbound-method -- called with Reflect.apply
  const original = holder.emit as (...args: unknown[]) => boolean;
  const watched = function emit(this: unknown, type: unknown, ...rest: unknown[]): boolean {
    if (this !== process) return apply(original, this, [type, ...rest]);
    if (type === 'uncaughtExceptionMonitor') quietly(() => ending.uncaught(rest[0], String(rest[1])));
    if (type === 'worker' && ending.isOwnWorker(rest[0])) return false;
    if (type !== 'exit' && type !== 'uncaughtException') return apply(original, this, [type, ...rest]);
    let threw = true;
    try {
      const answer = apply(original, this, [type, ...rest]);
      threw = false;
      return answer;
    } finally {
      // A listener for uncaught errors that throws ends the process at once, with no further event.
      if (type === 'exit' || threw)
        quietly(() => ending.exit(threw || (process as { _exiting?: boolean })._exiting === true));
    }
  };
  // `process.exit()` in an exit listener ends here and never returns to `emit`.
  patchFunction(process, 'reallyExit', (call, args) => {
    quietly(() => ending.exit(true));
    return call(args);
  });
  standsFor(watched, original);
  Object.defineProperty(watched, 'length', { value: original.length, configurable: true });
  Object.defineProperty(holder, 'emit', {
    writable: true,
    configurable: true,
    enumerable: false,
    ...Object.getOwnPropertyDescriptor(holder, 'emit'),
    value: watched,
  });
}
