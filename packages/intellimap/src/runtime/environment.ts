/** What recording and steering need of a machine, and what is done without where it is missing. I/O: looks, and changes nothing but a file it removes. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, rmSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface EnvironmentCheck {
  what: string;
  /** False: recording does not work. */
  ok: boolean;
  /** What there is, or what is done without it. */
  note: string;
}

/** @param root the workspace that recordings go to */
export async function checkEnvironment(root: string = process.cwd()): Promise<EnvironmentCheck[]> {
  return [node(), folder(root), waiting(), await socket(), clock()];
}

function node(): EnvironmentCheck {
  const note =
    'registerHooks' in nodeModule
      ? 'module.registerHooks'
      : 'module.register (Node 22.15 or later starts faster)';
  return { what: `Node ${process.version}`, ok: true, note };
}

function folder(root: string): EnvironmentCheck {
  const what = 'recording folder';
  const path = join(root, '.intellimap');
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing?.isDirectory() === false) return { what, ok: false, note: `${path} is a file` };
  const written = existing === undefined ? root : path;
  try {
    accessSync(written, constants.W_OK);
    return { what, ok: true, note: path };
  } catch {
    return { what, ok: false, note: `${written} is not writable` };
  }
}

/** Threads wait for the recorder on shared memory. */
function waiting(): EnvironmentCheck {
  const what = 'shared memory';
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return { what, ok: true, note: 'SharedArrayBuffer, Atomics.wait' };
  } catch (error) {
    return { what, ok: false, note: `Atomics.wait is not allowed: ${(error as Error).message}` };
  }
}

async function socket(): Promise<EnvironmentCheck> {
  const what = 'control socket';
  const path = join(tmpdir(), `intellimap-${process.pid}.sock`);
  const server = createServer();
  const failure = await new Promise<string | undefined>((done) => {
    server.once('error', ({ message }) => done(message));
    server.listen(path, () => done(undefined));
  });
  server.close();
  rmSync(path, { force: true });
  const without = 'programs are recorded, and cannot be steered while they run';
  return { what, ok: true, note: failure === undefined ? 'Unix domain sockets' : `${failure}: ${without}` };
}

/** All threads and processes of a run share one clock: a child must not be behind its parent. */
function clock(): EnvironmentCheck {
  const now = (): bigint => process.hrtime.bigint();
  const before = now();
  const child = BigInt(
    execFileSync(process.execPath, ['-p', 'process.hrtime.bigint().toString()'], { encoding: 'utf8' }).trim(),
  );
  const ok = before < child && child < now();
  const note = ok
    ? 'one for all processes'
    : 'processes have clocks of their own: times of different ones do not compare';
  return { what: 'monotonic clock', ok: true, note };
}
