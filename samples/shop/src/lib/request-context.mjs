// What belongs to the request being served, reachable from anywhere below it without a parameter.

import { AsyncLocalStorage } from 'node:async_hooks';

/** @typedef {{ requestId: string, startedAt: number }} RequestContext */

/** @type {AsyncLocalStorage<RequestContext>} */
const storage = new AsyncLocalStorage();

export function runWithContext(context, task) {
  return storage.run(context, task);
}

/** Undefined outside a request: at start, in timers, at shutdown. */
export function currentContext() {
  return storage.getStore();
}
