/**
 * Starts the program to record and stands aside: its streams are the terminal's own, signals reach it, and how it ended is
 * told exactly. I/O: one child process.
 */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';
import { callCosts } from '../base/cost.ts';
import type { RunFile } from '../base/recording.ts';
import { privacyKey, TEXTS } from './privacy-key.ts';

/** What of a run concerns the threads of the program. */
type ForThreads =
  | 'flight'
  | 'policy'
  | 'keepSlower'
  | 'sample'
  | 'gc'
  | 'links'
  | 'resources'
  | 'requests'
  | 'processes'
  | 'budget'
  | 'cost'
  | 'values'
  | 'v8'
  | 'gates';

export interface Recording extends Pick<RunFile, 'tier'>, Partial<Pick<RunFile, ForThreads>> {
  runDir: string;
  /** A power of two. */
  ringWords?: number | undefined;
}

export interface Launch extends Recording {
  /** A signal that is for the recorder, not for the program, and what it does then. */
  onSignal?: { signal: NodeJS.Signals; act: () => void } | undefined;
  command: string[];
  cwd: string;
  /** The program's streams; the terminal's own by default. */
  stdio?: StdioOptions | undefined;
  /** It may use this processor only (by `taskset`). */
  processor?: number | undefined;
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

export function launch(asked: Launch): Promise<Ending> {
  const { command, cwd, onSignal, stdio = 'inherit', processor, ...recording } = asked;
  const pin = processor === undefined ? [] : ['taskset', '-c', String(processor)];
  return new Promise((done) => {
    const [file, ...args] = [...pin, ...command] as [string, ...string[]];
    const child = spawn(file, args, {
      cwd,
      stdio,
      env: { ...process.env, ...recordingEnvironment(recording) },
    });
    const stopForwarding = forwardSignals(child, onSignal);
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
export function recordingEnvironment(recording: Recording): Record<string, string> {
  const { runDir, tier, gates = 'open', cost, values, v8, gc, links, resources, requests } = recording;
  const user = process.env['NODE_OPTIONS'];
  const preload = fileURLToPath(new URL('../bundle/enter.cjs', import.meta.url));
  // Node splits at spaces unless they are quoted, and takes a backslash within quotes for an escape.
  const own = `--require "${preload.replaceAll(/["\\]/g, '\\$&')}"`;
  const variables = {
    INTELLIMAP_RUN: runDir,
    INTELLIMAP_TIER: tier,
    INTELLIMAP_GATES: gates,
    INTELLIMAP_FLIGHT_BYTES: recording.flight,
    INTELLIMAP_POLICY: recording.policy,
    INTELLIMAP_RING_WORDS: recording.ringWords,
    INTELLIMAP_PROCESSES: recording.processes,
    INTELLIMAP_BUDGET: recording.budget,
    INTELLIMAP_COSTS: cost && JSON.stringify(callCosts(cost, tier)),
    // What the probe needs of it; whose values they are is in `run.json`, for the transformer.
    INTELLIMAP_VALUES: values && JSON.stringify({ budget: values.budget }),
    INTELLIMAP_REDACTION: JSON.stringify(redactionSettings(recording)),
    INTELLIMAP_V8: v8 && JSON.stringify({ ...v8, heap: v8.heap && true }),
    INTELLIMAP_KEEP_SLOWER: recording.keepSlower,
    INTELLIMAP_SAMPLE: recording.sample,
    INTELLIMAP_GC: gc && 'on',
    INTELLIMAP_LINKS: links === false ? 'off' : undefined,
    INTELLIMAP_RESOURCES: resources === false ? 'off' : undefined,
    INTELLIMAP_REQUESTS: requests === false ? 'off' : undefined,
    INTELLIMAP_NODE_OPTIONS: user,
    // Ours come first: a compiler registered by the user then sits further out, where we can see what it makes.
    NODE_OPTIONS: user ? `${own} ${user}` : own,
  };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

/** As the probe's `ProbeShared.redaction`. */
function redactionSettings({ runDir, values }: Recording): { names: string[]; key: string | undefined } {
  return { names: values?.redact ?? [], key: privacyKey(dirname(dirname(runDir)), TEXTS) };
}

function forwardSignals(child: ChildProcess, own: Launch['onSignal']): () => void {
  const handlers = FORWARDED.map((signal) => {
    const handler = (): void => {
      if (signal === own?.signal) return own.act();
      // Ctrl-C at a terminal reaches the whole foreground group, the child included: once is enough.
      if (process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT' || signal === 'SIGWINCH'))
        return;
      child.kill(signal);
      return undefined;
    };
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}
