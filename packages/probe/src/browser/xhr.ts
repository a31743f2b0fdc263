/** `XMLHttpRequest`: heard from its first event on, which is one of `readyState`. */
/* oxlint-disable typescript/unbound-method -- bound to `call` */
import { getter, lowerCase, uncurried, weakMapGet, weakMapSet } from '../core/intrinsics.ts';
import { listen } from './natives.ts';
import { type Asked, type Network, TRACEPARENT } from './network.ts';
import { type Hook, patch } from './patch.ts';
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

  /** It is under way no more. */
  const stop = (known: Known, failure: string): void => {
    if (known.asked) ends(known.asked, failure);
    known.asked = undefined;
  };
  const hear = (xhr: object, known: Known): void => {
    const { asked } = known;
    const state = stateOf(xhr);
    if (!asked || state < HEADERS) return;
    if (!known.isSync) turns.begin(asked.owner, CLIENT, 'xhr');
    const status = statusOf(xhr);
    if (state === HEADERS || known.isSync) answers(asked, status);
    if (state !== WHOLE) return;
    if (status === 0) stop(known, 'failed');
    known.asked = undefined;
  };
  const knownOf = (xhr: object): Known => {
    let known = weakMapGet(all, xhr);
    if (!known) {
      weakMapSet(all, xhr, (known = {} as Known));
      listen(xhr, 'readystatechange', () => hear(xhr, known!));
    }
    return known;
  };
  const on = (key: string, act: (known: Known, args: unknown[], xhr: object) => ReturnType<Hook>): void =>
    patch(prototype, key, (args, xhr) => act(knownOf(xhr), args, xhr));

  // Before any listener of the program: in the turn that begins there, they run.
  patch(globalThis, 'XMLHttpRequest', () => (xhr: object) => void knownOf(xhr));
  on('open', (known, args) => {
    const [method, url, isAsync] = args;
    stop(known, 'aborted');
    Object.assign(known, { method, url, isSync: args.length > 2 && !isAsync, isTraced: false });
  });
  on('setRequestHeader', (known, [name]) => {
    if (lowerCase(String(name)) === TRACEPARENT) known.isTraced = true;
  });
  on('send', (known, _, xhr) => {
    if (known.asked) return undefined;
    const { header } = (known.asked = ask('xhr', known.method, known.url, true)) ?? {};
    if (header && !known.isTraced) setHeader(xhr, TRACEPARENT, header);
    // One that blocks the thread tells that it failed in no other way.
    return (_, hasFailed) => {
      if (hasFailed) stop(known, 'failed');
    };
  });
  on('abort', (known) => stop(known, 'aborted'));
}
