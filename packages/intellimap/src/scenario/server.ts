/** The server of a scenario: started under recording, waited for, and ended with all that it started. I/O: a process group, its port. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode, Fault } from '../base/fault.ts';

export interface ServerWishes {
  /** For the shell. */
  command: string;
  cwd: string;
  /** What makes it record itself. */
  environment: Record<string, string>;
  /** Where it answers; undefined: where it says so itself. */
  url: string | undefined;
  /** ms that it may take until it answers. */
  patience: number;
}

export interface Server {
  /** Where it answers. */
  url: string;
  /** Resolves when it ends by itself, with what it said last. */
  ended: Promise<string>;
  /** @returns how it ended: null for a process that had to be killed */
  stop(): Promise<void>;
}

const LOOK_MS = 50;
const ASK_MS = 2000;
/** ms that it has to end by itself. */
const ENDING_MS = 5000;
const TAIL_LINES = 15;
const MAX_KEPT = 64 * 1024;
const isWindows = process.platform === 'win32';

/** @throws Fault when it does not come to answer: with what it said. */
export async function startServer(wishes: ServerWishes): Promise<Server> {
  const { command, cwd, environment, patience } = wishes;
  if (wishes.url !== undefined && (await answers(wishes.url)))
    throw new Fault(
      ExitCode.FAILED,
      `somebody answers at ${wishes.url} before the server is started`,
      'End that one, or leave out --server to take it as it is: then its code is not recorded.',
    );
  const child = spawn(command, {
    cwd,
    shell: true,
    // A group of its own: what the shell started ends with it.
    detached: !isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const said = listen(child);
  const ended = new Promise<string>((done) => {
    child.once('error', (error) => done(`cannot be started: ${error.message}`));
    child.once('exit', (code, signal) => done(`ended with ${signal ?? `exit code ${code}`}`));
  });
  const stop = async (): Promise<void> => await stopGroup(child);
  const state = { how: undefined as string | undefined };
  void ended.then((how) => (state.how = how));
  const until = performance.now() + patience;
  for (;;) {
    if (state.how !== undefined) throw notReady(command, `it ${state.how}`, said.tail());
    const url = wishes.url ?? said.url();
    if (url !== undefined && (await answers(url)))
      return { url, stop, ended: ended.then((how) => `${how}\n${said.tail()}`) };
    if (performance.now() > until) {
      await stop();
      const where = url ?? 'any address: it names none in what it prints; say it with --base-url';
      throw notReady(command, `it did not answer at ${where} within ${patience / 1000} s`, said.tail());
    }
    await sleep(LOOK_MS);
  }
}

const notReady = (command: string, why: string, tail: string): Fault =>
  new Fault(
    ExitCode.FAILED,
    `the server "${command}" is not there: ${why}`,
    tail === '' ? 'It said nothing.' : `It said:\n${tail}`,
  );

function listen(child: ChildProcess): { tail: () => string; url: () => string | undefined } {
  let text = '';
  let url: string | undefined;
  const hear = (chunk: string): void => {
    text = (text + chunk).slice(-MAX_KEPT);
    url ??= urlIn(text);
  };
  child.stdout?.setEncoding('utf8').on('data', hear);
  child.stderr?.setEncoding('utf8').on('data', hear);
  return { tail: () => text.trimEnd().split('\n').slice(-TAIL_LINES).join('\n'), url: () => url };
}

/** Without colours. */
// oxlint-disable-next-line no-control-regex
const unpainted = (text: string): string => text.replaceAll(/\u001B\[[\d;]*m/g, '');

/** The first address of this machine in what a server prints, whole lines only. */
export function urlIn(text: string): string | undefined {
  const lines = unpainted(text).split('\n').slice(0, -1);
  for (const line of lines) {
    const found = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1?\]|0\.0\.0\.0):\d+/.exec(line)?.[0];
    if (found !== undefined) return found.replace(/\/\/(?:0\.0\.0\.0|\[::\])/, '//localhost');
  }
  return undefined;
}

/** Whatever it answers. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ASK_MS) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  signalGroup(pid, 'SIGTERM');
  for (const until = performance.now() + ENDING_MS; performance.now() < until; await sleep(LOOK_MS))
    if (!signalGroup(pid, 0)) return;
  signalGroup(pid, 'SIGKILL');
}

/** False: nobody is there any more. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
