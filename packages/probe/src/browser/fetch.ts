/** `fetch`: who asked, what came of it, and who goes on with the answer. */
import { getter, lowerCase, uncurried } from '../core/intrinsics.ts';
import { type Network, TRACEPARENT } from './network.ts';
import { cleaned, patch, quietly } from './patch.ts';
import { CLIENT, type Owner } from './turns.ts';

const {
  Promise: NativePromise,
  Request: NativeRequest,
  Response: NativeResponse,
  Headers: NativeHeaders,
} = globalThis;
const { getOwnPropertyDescriptor, getPrototypeOf, prototype: plain } = Object;
const { isArray } = Array;
const { get } = Reflect;
const then = uncurried<(promise: unknown, done: unknown, failed: unknown) => void>(
  NativePromise.prototype.then,
);
const ofRequest = <T>(key: keyof Request) => getter<(request: unknown) => T>(NativeRequest.prototype, key);
const urlOf = ofRequest<string>('url');
const methodOf = ofRequest<string>('method');
const headersOf = ofRequest<Headers>('headers');
const statusOf = getter<(response: unknown) => number>(NativeResponse.prototype, 'status');

export function followFetch({ turns, ask, answers, ends }: Network): void {
  /**
   * What waits for the promise goes on in a turn of `owner`. A promise in its place, which follows it: one that we wait for would never be said to be rejected
   * with nobody there to hear.
   */
  const followed = (
    promise: object,
    owner: Owner,
    done?: (value: unknown) => void,
    failed?: (error: unknown) => void,
  ): unknown => {
    if (getPrototypeOf(promise) !== NativePromise.prototype) return promise;
    const goesOn =
      (act: ((value: unknown) => void) | undefined, pass: (value: unknown) => void) => (value: unknown) => {
        quietly(() => act?.(value));
        quietly(() => turns.begin(owner, CLIENT, ''));
        pass(value);
      };
    return new NativePromise((resolve, reject) =>
      then(
        promise,
        goesOn(done, resolve),
        goesOn(failed, (error) => reject(cleaned(error))),
      ),
    );
  };

  patch(globalThis, 'fetch', (args) => {
    const [input, init] = args as [unknown, object | null | undefined];
    const address = quietly(() => urlOf(input));
    const headers = address === undefined ? undefined : headersOf(input);
    const method = init ? getOwnPropertyDescriptor(init, 'method')?.value : undefined;
    const asked = ask('fetch', method ?? (headers && methodOf(input)), address ?? input, true);
    const header = asked?.header;
    const owner = turns.current();
    const isLent = header !== undefined && headers !== undefined && lend(headers, header);
    if (header !== undefined && typeof init === 'object' && init !== null)
      args[1] = telling(init, header, !headers);
    else if (header !== undefined && !headers && init == null)
      args[1] = { headers: { [TRACEPARENT]: header } };
    return (promise: object) => {
      if (isLent) headers.delete(TRACEPARENT);
      return followed(
        promise,
        owner,
        asked && ((response) => answers(asked, statusOf(response))),
        asked && ((error) => ends(asked, nameOf(error))),
      );
    };
  });
  for (const reader of ['json', 'text', 'arrayBuffer', 'blob', 'formData', 'bytes'])
    patch(NativeResponse.prototype, reader, () => {
      const owner = turns.current();
      return (promise: object) => followed(promise, owner);
    });
}

/** The browser takes the headers while it is called: the program never sees that there was one more. A new `init` would reset what the request says of its referrer. */
function lend(headers: Headers, value: string): boolean | undefined {
  return quietly(() => {
    if (headers.has(TRACEPARENT)) return false;
    headers.set(TRACEPARENT, value);
    return true;
  });
}

/** The program's options, asked for by the browser as they are, but for one header more. @param always where they name no headers, too */
const telling = (init: object, value: string, always: boolean): object =>
  new Proxy(
    {},
    {
      get(_, key) {
        const given: unknown = get(init, key);
        return key === 'headers' ? (quietly(() => withHeader(given, value, always)) ?? given) : given;
      },
    },
  );

const isNamed = (name: unknown): boolean => lowerCase(String(name)) === TRACEPARENT;

/** Undefined: as they are. */
function withHeader(given: unknown, value: string, always: boolean): unknown {
  if (given === undefined) return always ? { [TRACEPARENT]: value } : undefined;
  if (isArray(given))
    return given.some((pair: unknown[]) => isNamed(pair[0]))
      ? undefined
      : [...(given as unknown[]), [TRACEPARENT, value]];
  if (getPrototypeOf(given) === plain)
    return Object.keys(given as object).some(isNamed)
      ? undefined
      : { ...(given as object), [TRACEPARENT]: value };
  // Something that can be gone through once, perhaps.
  const all = new NativeHeaders(given as Headers);
  if (!all.has(TRACEPARENT)) all.set(TRACEPARENT, value);
  return all;
}

/** Of an error of the browser's. */
function nameOf(error: unknown): string {
  const name = quietly(() => (error as Error).name);
  return name === 'AbortError' || typeof name !== 'string' ? 'aborted' : name;
}
