/** `XMLHttpRequest`: heard from its first event on, which is one of `readyState`. */
/* oxlint-disable typescript/unbound-method -- bound to `call` */
import { getter, lowerCase, uncurried, weakMapGet, weakMapSet } from '../core/intrinsics.ts';
import { listen } from './natives.ts';
import { type Asked, type Network, TRACEPARENT } from './network.ts';
import { patch } from './patch.ts';
import { CLIENT } from './turns.ts';

interface Known {
  method: unknown;
  url: unknown;
  /** It blocks the thread: all its events come from within. */
  isSync: boolean;
  /** The program sends a trace of its own. */
  isTraced: boolean;
  /** Undefined: it is not under way. */
  asked: Asked | undefined;
}

const HEADERS = 2;
const WHOLE = 4;

export function followXhr({ turns, ask, answers, ends }: Network): void {
  const { prototype } = globalThis.XMLHttpRequest;
  const stateOf = getter<(xhr: object) => number>(prototype, 'readyState');
  const statusOf = getter<(xhr: object) => number>(prototype, 'status');
  const setHeader = uncurried<(xhr: object, name: string, value: string) => void>(prototype.setRequestHeader);
  const all = new WeakMap<object, Known>();

  const hear = (xhr: object, known: Known): void => {
    const { asked } = known;
    const state = stateOf(xhr);
    if (!asked || state < HEADERS) return;
    if (!known.isSync) turns.begin(asked.owner, CLIENT, 'xhr');
    const status = statusOf(xhr);
    if (state === HEADERS || known.isSync) answers(asked, status);
    if (state !== WHOLE) return;
    if (status === 0) ends(asked, 'failed');
    known.asked = undefined;
  };
  const on = (key: string, act: (known: Known, name: unknown, xhr: object) => void): void =>
    patch(prototype, key, ([name], xhr) => {
      const known = weakMapGet(all, xhr);
      if (known) act(known, name, xhr);
    });

  patch(prototype, 'open', (args, xhr) => {
    const [method, url, isAsync] = args;
    const begun = { method, url, isSync: args.length > 2 && !isAsync, isTraced: false, asked: undefined };
    const known = weakMapGet(all, xhr);
    if (known) return void Object.assign(known, begun);
    weakMapSet(all, xhr, begun);
    listen(xhr, 'readystatechange', () => hear(xhr, begun));
    return undefined;
  });
  on('setRequestHeader', (known, name) => {
    if (lowerCase(String(name)) === TRACEPARENT) known.isTraced = true;
  });
  on('send', (known, _, xhr) => {
    if (known.asked) return;
    const { header } = (known.asked = ask('xhr', known.method, known.url, true)) ?? {};
    if (header && !known.isTraced) setHeader(xhr, TRACEPARENT, header);
  });
  on('abort', (known) => {
    if (known.asked) ends(known.asked, 'aborted');
    known.asked = undefined;
  });
}
