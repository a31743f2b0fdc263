/** How a thread is told that it is about to be ended: over a channel; from another process by a file, `v8/<pid>.asked`, which the drain finds. I/O. */
import fs from 'node:fs';
import path from 'node:path';
import workerThreads from 'node:worker_threads';
import type { ProbeShared, V8Settings } from '../wire/registry.ts';

// Taken now: programs delete globals, or put others into their place.
const { BroadcastChannel } = workerThreads;
const { existsSync } = fs;

export type Measuring = Pick<ProbeShared, 'runDir' | 'channel'> & { v8: V8Settings };

/** `tid` undefined: all threads of the process are asked. */
export interface Request {
  tid: number | undefined;
}

export const askedFile = (runDir: string, pid: number): string => path.join(runDir, 'v8', `${pid}.asked`);

export const openAsked = ({ channel }: Measuring): InstanceType<typeof BroadcastChannel> =>
  new BroadcastChannel(`${channel}-v8`);

export function tell(shared: Measuring, request: Request): void {
  const channel = openAsked(shared);
  channel.unref();
  channel.postMessage(request);
  channel.close();
}

/** In the drain, now and then. Once a file: it is there until the main thread has written. */
export function watchAsked(shared: Measuring): () => void {
  const file = askedFile(shared.runDir, process.pid);
  let isPassedOn = false;
  return () => {
    const isAsked = existsSync(file);
    if (isAsked && !isPassedOn) tell(shared, { tid: undefined });
    isPassedOn = isAsked;
  };
}
