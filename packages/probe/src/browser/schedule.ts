/** Who scheduled what: callbacks of timers and the like, messages. A callback is given as a Proxy that asks for its trap, tells that it begins, and is gone: nothing of it is on the stack while the callback runs. */
import { getter, weakMapGet, weakMapSet } from '../core/intrinsics.ts';
import { listen } from './natives.ts';
import { patch, quietly } from './patch.ts';
import { IMMEDIATE, INTERVAL, MESSAGE, type Owner, TICK, TIMEOUT, type Turns } from './turns.ts';

/** Messages under way of one port, at most: those of a port that was sent elsewhere never come. */
const MAX_UNDER_WAY = 256;

const CALLBACKS: Record<string, number> = {
  setTimeout: TIMEOUT,
  setInterval: INTERVAL,
  requestAnimationFrame: TICK,
  requestIdleCallback: IMMEDIATE,
  // Their callbacks come again and again.
  IntersectionObserver: TICK,
  ResizeObserver: TICK,
};

export function followSchedules(turns: Turns): void {
  const all = globalThis as unknown as Record<string, { prototype: object } | undefined>;

  class Beginning {
    readonly owner = turns.current();
    readonly kind: number;
    constructor(kind: number) {
      this.kind = kind;
    }
    get apply(): undefined {
      quietly(() => turns.begin(this.owner, this.kind));
      return undefined;
    }
  }
  const wrapping = (kind: number) => (args: unknown[]) => {
    if (typeof args[0] === 'function') args[0] = new Proxy(args[0], new Beginning(kind));
  };
  for (const name in CALLBACKS) patch(all, name, wrapping(CALLBACKS[name]));
  patch((globalThis as { scheduler?: object }).scheduler, 'postTask', wrapping(IMMEDIATE));

  /** Receiver → who sent what is under way, the first first. */
  const sent = new WeakMap<object, Owner[]>();
  /** Port → the other one. */
  const others = new WeakMap<object, object>();
  const sourceOf = getter<(event: Event) => unknown>(MessageEvent.prototype, 'source');
  const sends = (_: unknown, self: object | undefined): void => {
    const from = self ?? globalThis;
    const other = weakMapGet(others, from) ?? from;
    const waiting = weakMapGet(sent, other);
    if (!waiting || waiting.length >= MAX_UNDER_WAY) return;
    // What a worker says belongs to whoever spoke to it last.
    if (other === from && from !== globalThis) waiting.length = 0;
    waiting.push(turns.current());
  };
  const receives = (receiver: object, what: string): void => {
    let last: Owner | undefined = turns.current();
    const waiting: Owner[] = [];
    weakMapSet(sent, receiver, waiting);
    listen(receiver, 'message', (event) => {
      // Others speak to a window or a worker, too.
      if (receiver === globalThis) last = undefined;
      // Those of service workers are events of another class, and never a window's own.
      if (receiver !== globalThis || (globalThis.document && sourceOf(event) === receiver))
        last = waiting.shift() ?? last;
      turns.begin(last, MESSAGE, what);
    });
  };
  patch(all, 'MessageChannel', () => ({ port1, port2 }: MessageChannel) => {
    weakMapSet(others, port1, port2);
    weakMapSet(others, port2, port1);
    receives(port1, 'port');
    receives(port2, 'port');
  });
  for (const name of ['Worker', 'BroadcastChannel'])
    patch(all, name, () => (made: object) => receives(made, name));
  for (const name of ['MessagePort', 'Worker']) patch(all[name]?.prototype, 'postMessage', sends);
  receives(globalThis, 'global');
  if (globalThis.document !== undefined) patch(all, 'postMessage', sends);
}
