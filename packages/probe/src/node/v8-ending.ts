/**
 * Threads and processes that are ended from outside (`worker.terminate()`, `child.kill()`: test runners end all of theirs so) leave what V8 measured unwritten. So
 * whoever ends one asks it first to write, and waits a little. Only where V8 measures: a listener in each thread is something that a program may notice.
 *
 * A thread is asked over a channel, and says in shared memory that it has written. A process is asked by a file, `v8/<pid>.asked`, which its drain finds and its main
 * thread takes away.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import workerThreads from 'node:worker_threads';
import { millis } from './clock.ts';
import { patchArguments, quietly } from './patch.ts';
import { tid as ownTid, tidOf } from './thread-ids.ts';
import { askedFile, type Measuring, openAsked, type Request, tell } from './v8-asked.ts';

// Taken now: programs delete globals, or put others into their place.
const { Worker } = workerThreads;
const { add, load, notify, wait } = Atomics;
const { existsSync, rmSync, writeFileSync } = fs;
const { ChildProcess } = childProcess;

/** Whoever does not write within that time is busy with something, and ended all the same. */
const PATIENCE_MS = 500;
/** Between two looks for a file. */
const SLICE_MS = 5;
/** Signals that end a program which does not handle them. */
const ENDING = new Set<unknown>([
  undefined, 'SIGTERM', 'SIGINT', 'SIGKILL', 'SIGHUP', 'SIGQUIT', 'SIGABRT', 15, 2, 9, 1, 3, 6,
]); // oxfmt-ignore

/** Of `V8Settings.written`: how often threads of the process have written because they were asked. */
export const writtenMemory = (): SharedArrayBuffer => new SharedArrayBuffer(4);

/** Lets this thread be asked. @param isLast it is certain to end */
export function listenForEnding(shared: Measuring, write: (isLast: boolean) => void): void {
  const channel = openAsked(shared);
  const written = new Int32Array(shared.v8.written);
  (channel as unknown as EventTarget).addEventListener('message', (event) => {
    const { tid } = (event as unknown as { data: Request }).data;
    if (tid !== undefined && tid !== ownTid) return;
    write(tid !== undefined);
    if (ownTid === 0) quietly(() => rmSync(askedFile(shared.runDir, process.pid), { force: true }));
    add(written, 0, 1);
    notify(written, 0);
  });
  channel.unref();
}

/** Asks those that this thread is about to end. */
export function askBeforeEnding(shared: Measuring): void {
  patchTerminate(shared);
  const askChild = (pid: unknown, signal: unknown): undefined => {
    if (typeof pid === 'number' && pid > 0 && ENDING.has(signal)) askProcess(shared.runDir, pid);
    return undefined;
  };
  patchArguments(ChildProcess.prototype, 'kill', ([signal], self) => {
    const { pid, exitCode, signalCode } = self as childProcess.ChildProcess;
    return exitCode === null && signalCode === null ? askChild(pid, signal) : undefined;
  });
  patchArguments(process, 'kill', ([pid, signal]) => askChild(pid, signal));
}

function patchTerminate(shared: Measuring): void {
  const written = new Int32Array(shared.v8.written);
  patchArguments(Worker.prototype, 'terminate', (_, self) => {
    const tid = tidOf(self);
    if (tid <= 0) return undefined;
    const before = load(written, 0);
    tell(shared, { tid });
    wait(written, 0, before, PATIENCE_MS);
    return undefined;
  });
}

function askProcess(runDir: string, pid: number): void {
  if (pid === process.pid || !existsSync(path.join(runDir, 'processes', `${pid}`))) return;
  if (!existsSync(path.join(runDir, 'v8', `${pid}-0`))) return;
  const file = askedFile(runDir, pid);
  writeFileSync(file, '');
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  for (const since = millis(); existsSync(file) && millis() - since < PATIENCE_MS;)
    wait(nobody, 0, 0, SLICE_MS);
  rmSync(file, { force: true });
}
