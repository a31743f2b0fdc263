import { threadName } from './name.mjs';

export function start() {
  throw new Error(`no start for ${threadName()}`);
}
setTimeout(start, 5);
