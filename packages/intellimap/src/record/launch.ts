/**
 * Starts the program to record and stands aside: its streams are the terminal's own, signals reach it, and how it ended is
 * told exactly. I/O: one child process.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { GateName, Tier } from '../base/recording.ts';

export interface Launch {
  command: string[];
  cwd: string;
  runDir: string;
  tier: Tier;
  gates: GateName;
  /** See `RunFile`. */
  flight?: number | undefined;
}

export interface Exited {
  kind: 'exited';
  code: number | null;
  signal: NodeJS.Signals | null;
}

export type Ending =
  | Exited
  /** The command could not be started at all. */
  | { kind: 'failed'; error: NodeJS.ErrnoException };

/** Signals a user or a supervisor sends to end or poke a program. */
const FORWARDED: NodeJS.Signals[] = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGCONT',
  'SIGWINCH',
];

export function launch({ command, cwd, runDir, tier, gates, flight }: Launch): Promise<Ending> {
  return new Promise((done) => {
    const [file, ...args] = command as [string, ...string[]];
    const child = spawn(file, args, {
      cwd,
      stdio: 'inherit',
      env: { ...process.env, ...recordingEnvironment(runDir, tier, gates, flight) },
    });
    const stopForwarding = forwardSignals(child);
    child.once('error', (error) => {
      stopForwarding();
      done({ kind: 'failed', error });
    });
    child.once('exit', (code, signal) => {
      stopForwarding();
      done({ kind: 'exited', code, signal });
    });
  });
}

/** Variables that make every Node process below record itself. The probe hides them from the program again. */
export function recordingEnvironment(
  runDir: string,
  tier: Tier,
  gates: GateName = 'open',
  flight = 0,
): Record<string, string> {
  const user = process.env['NODE_OPTIONS'];
  const preload = fileURLToPath(new URL('../bundle/enter.cjs', import.meta.url));
  // Node splits at spaces unless they are quoted, and takes a backslash within quotes for an escape.
  const own = `--require "${preload.replaceAll(/["\\]/g, '\\$&')}"`;
  return {
    INTELLIMAP_RUN: runDir,
    INTELLIMAP_TIER: tier,
    INTELLIMAP_GATES: gates,
    ...(flight > 0 ? { INTELLIMAP_FLIGHT_BYTES: String(flight) } : {}),
    ...(user === undefined ? {} : { INTELLIMAP_NODE_OPTIONS: user }),
    // Ours come first: a compiler registered by the user then sits further out, where we can see what it makes.
    NODE_OPTIONS: user ? `${own} ${user}` : own,
  };
}

function forwardSignals(child: ChildProcess): () => void {
  const handlers = FORWARDED.map((signal) => {
    const handler = (): void => {
      // Ctrl-C at a terminal reaches the whole foreground group, the child included: once is enough.
      if (process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT' || signal === 'SIGWINCH'))
        return;
      child.kill(signal);
    };
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}
