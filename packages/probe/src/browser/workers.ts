/**
 * Which workers are whose. Nobody tells a worker who made it, so they talk on a channel of the build: the worker says where it came from, and the page that made one
 * from there answers. A worker that is ended as soon as it has answered sends nothing by itself: what it recorded goes through that channel before each message of it,
 * and the page sends it on.
 */
import { listen, NativeBroadcastChannel, setTimer } from './natives.ts';
import type { Draft, PageThread } from './page.ts';
import { patch } from './patch.ts';

/** A worker `s` came from `u`, or hands a batch on; a page `p`, which sends to `c`, answers it. */
interface Said {
  s: string;
  u?: string;
  b?: Draft;
  p?: string;
  c?: string;
}

/** ms after which a worker looks for the collector, as part of the page that has answered by then; and for how long it waits for one that is busy. */
const PATIENCE_MS = 300;
const BUSY_MS = 1200;

function join(build: string, hear: (said: Said) => void): (said: Said) => void {
  const channel = new NativeBroadcastChannel(`intellimap ${build}`);
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- that may be somebody else's
  channel.onmessage = ({ data }) => hear(data as Said);
  return (said) => channel.postMessage(said);
}

/** What a worker that is recorded failed with last: the page hears of it, too. */
export let toldByWorker: string | false | undefined;

/** In a page. */
export function followWorkers(thread: PageThread, build: string): void {
  /** Addresses of workers that have not said who they are. */
  const made: string[] = [];
  /** Sessions of those that have, and their addresses. */
  const own = new Set<string>();
  let say: ((said: Said) => void) | undefined;
  patch(globalThis, 'Worker', ([url]) => {
    const { href } = new URL(String(url), globalThis.document.baseURI);
    made.push(href);
    say ??= join(build, ({ s, u, b }) => {
      const at = made.indexOf(u!);
      if (at >= 0) {
        made.splice(at, 1);
        own.add(s).add(u!);
        say!({ s, p: thread.session, c: thread.url() });
      }
      if (b && own.has(s)) thread.relay(b);
    });
    return (worker: object) =>
      listen(worker, 'error', ({ message }: Partial<ErrorEvent>) => {
        toldByWorker = own.has(href) && message;
      });
  });
}

/** In a worker. It is often over before it would be connected itself. */
export function belongToPage(thread: PageThread, build: string): void {
  const { session: s } = thread;
  let page: Said | undefined;
  const say = join(build, (said) => {
    if (said.s === s && said.p) page = said;
  });
  say({ s, u: globalThis.location.href });
  const begin = (): void => thread.begin(page?.p, page?.c);
  setTimer(() => (page ? begin() : setTimer(begin, BUSY_MS)), PATIENCE_MS);
  thread.handOn = (b) => say({ s, b });
  for (const name of ['postMessage', 'close']) patch(globalThis, name, () => thread.handOver());
}
