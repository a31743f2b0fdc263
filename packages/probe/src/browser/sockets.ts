/** `WebSocket` and `EventSource`: opened by somebody, to whom belongs what comes. */
import { getter, lowerCase } from '../core/intrinsics.ts';
import { listen, micros } from './natives.ts';
import type { Network } from './network.ts';
import { patch, quietly } from './patch.ts';
import { SOCKET } from './turns.ts';

const SWITCHED = 101;
const OK = 200;
/** Of an EventSource; a WebSocket has 3 then, and tells by another event. */
const CLOSED = 2;

export function followSockets({ turns, ask, ends }: Network): void {
  const dataOf = getter<(event: Event) => unknown>(MessageEvent.prototype, 'data');
  const follow = (name: 'WebSocket' | 'EventSource', status: number): void => {
    const kind = lowerCase(name);
    patch(globalThis, name, ([url]) => {
      const asked = ask(kind, 'GET', url, false);
      if (asked === undefined) return undefined;
      const over = (): void => ends(asked, asked.status ? undefined : 'failed');
      const acts: Record<string, (event: Event, socket: { readyState: number }) => void> = {
        open() {
          asked.status = status;
          asked.answered ??= micros();
        },
        message(event) {
          const data = dataOf(event) as string & ArrayBuffer & Blob;
          asked.bytes = (asked.bytes ?? 0) + (data.length ?? data.byteLength ?? data.size);
        },
        error(_, { readyState }) {
          if (readyState === CLOSED) over();
        },
        close: over,
      };
      return (socket: { readyState: number }, hasFailed) => {
        // It could not be made.
        if (hasFailed) over();
        for (const type in acts)
          listen(socket, type, (event) => {
            turns.begin(asked.owner, SOCKET, kind);
            quietly(() => acts[type](event, socket));
          });
      };
    });
  };
  follow('WebSocket', SWITCHED);
  follow('EventSource', OK);
}
