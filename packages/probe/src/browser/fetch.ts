/** `fetch`: who asked, what came of it, and who goes on with the answer. */
/* oxlint-disable typescript/unbound-method -- bound to `call` */
import { getPrototypeOf, getter, uncurried } from '../core/intrinsics.ts';
import { type Network, TRACEPARENT } from './network.ts';
import { cleaned, patch, quietly } from './patch.ts';
import { CLIENT, type Owner } from './turns.ts';

const {
  Promise: NativePromise,
  Request: NativeRequest,
  Response: NativeResponse,
  TypeError: NativeTypeError,
} = globalThis;
const then = uncurried<(promise: unknown, done: unknown, failed: unknown) => void>(
  NativePromise.prototype.then,
);
const statusOf = getter<(response: unknown) => number>(NativeResponse.prototype, 'status');

export function followFetch({ turns, ask, answers, ends }: Network): void {
  /**
   * What waits for the promise goes on in a turn of whoever has it now. A promise in its place, which follows it: one that we wait for would never be said to
   * be rejected with nobody there to hear.
   */
  const followed = (
    promise: object,
    owner: Owner,
    done?: (value: unknown) => void,
    failed?: (error: unknown) => void,
  ): unknown => {
    if (getPrototypeOf(promise) !== NativePromise.prototype) return promise;
    const goesOn =
      <T>(act: ((value: T) => void) | undefined, pass: (value: T) => void) =>
      (value: T) => {
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
    const owner = turns.current();
    const asked = quietly(() => {
      // What `fetch` would make of its arguments first: they are read once. Where that fails, it shall say so itself.
      const request = new NativeRequest(...(args as [string]));
      args.length = 0;
      args[0] = request;
      const { headers } = request;
      const begun = ask('fetch', request.method, request.url, true);
      if (begun?.header && !headers.has(TRACEPARENT)) headers.set(TRACEPARENT, begun.header);
      return begun;
    });
    return (promise: object) =>
      followed(
        promise,
        owner,
        asked && ((response) => answers(asked, statusOf(response))),
        // What is no error of the browser's is the reason of whoever gave it up.
        asked && ((error) => ends(asked, error instanceof NativeTypeError ? 'failed' : 'aborted')),
      );
  });
  for (const reader of ['json', 'text', 'arrayBuffer', 'blob', 'formData', 'bytes'])
    patch(NativeResponse.prototype, reader, () => {
      const owner = turns.current();
      return (promise: object) => followed(promise, owner);
    });
}
