/** The run that a test's recording goes to: the one that is recorded around it (`intellimap run -- npx playwright test`), or one of its own. I/O: its folder. */
import { readFileSync } from 'node:fs';
import { getEnvironmentData } from 'node:worker_threads';
import { basename, join, relative, sep } from 'node:path';
import { PROBE_KEY, type ProbeShared } from '@intellimap/probe/wire';
import { isRecord } from '../base/is-record.ts';
import type { RunFile } from '../base/recording.ts';
import { createRunFolder } from '../record/folder.ts';
import { settleHeaps } from '../record/heaps.ts';
import { beginRunFile, endRunFile } from '../record/run-file.ts';
import { version } from '../record/version.ts';
import { findRoot } from '../record/workspace.ts';
import { nameOf } from './load.ts';

export interface TestRun {
  file: RunFile;
  runDir: string;
  /** Of a run of its own; the other one goes on. */
  end: (exitCode: number) => Promise<void>;
}

export interface TestNamed {
  /** What it is called in full. */
  title: string;
  /** Absolute. */
  file: string;
  cwd: string;
  /** Words that name it as a command: runs with the same ones are compared. */
  command: string[];
  /** Tests of one call of the runner share it. */
  pack: string;
}

/** @throws the file system's error */
export async function testRun({ title, file, cwd, command, pack }: TestNamed): Promise<TestRun> {
  const around = runAround();
  if (around !== undefined) return { ...around, end: async () => {} };
  const root = findRoot(cwd);
  const name = nameOf(`${title}.x`);
  const run = await beginRunFile({
    command,
    cwd,
    root,
    tier: 'performance',
    gates: 'open',
    policy: 'wait',
    include: [],
    exclude: [],
    patterns: { include: [], exclude: [] },
    labels: [name],
    scenario: { name, file: relative(root, file).split(sep).join('/') || basename(file), pack },
    intellimap: version(),
  });
  const runDir = createRunFolder(root, run);
  return {
    file: run,
    runDir,
    async end(exitCode) {
      await settleHeaps(runDir, false);
      endRunFile(runDir, run, { exitCode, signal: null });
    },
  };
}

/** Undefined: nobody records this process. The loader takes what it needs off the global object; what workers are told stays. */
function runAround(): { file: RunFile; runDir: string } | undefined {
  const shared = getEnvironmentData(PROBE_KEY) as Partial<ProbeShared> | undefined;
  const { runDir } = shared ?? {};
  if (runDir === undefined) return undefined;
  const file: unknown = JSON.parse(readFileSync(join(runDir, 'run.json'), 'utf8'));
  return isRecord(file) ? { file: file as unknown as RunFile, runDir } : undefined;
}
