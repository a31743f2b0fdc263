/** The run that pages of a dev server belong to: that of the command the server is part of, or one of its own. I/O: the run's folder. */
import { realpathSync } from 'node:fs';
import { getEnvironmentData } from 'node:worker_threads';
import { RECORDING_VERSION, type RunFile } from '../base/recording.ts';
import { createRunFolder, newRunId, writeRunFile } from '../record/folder.ts';
import { PROBE_KEY, type ProbeShared } from '@intellimap/probe/wire';

export interface DevRun {
  folder: string;
  end: () => void;
}

/** Begins when the first page comes. */
export function devRun(root: string, version: string): DevRun {
  // The registry itself is gone from the globals; this is what the probe hands to workers.
  const shared = getEnvironmentData(PROBE_KEY) as ProbeShared | undefined;
  if (shared !== undefined) return { folder: shared.runDir, end: () => {} };
  const file: RunFile = {
    version: RECORDING_VERSION,
    id: newRunId(new Date()),
    command: process.argv
      .slice(1)
      .map((each, index) => (index === 0 ? (each.split('/').at(-1) ?? each) : each)),
    cwd: realpathSync(process.cwd()),
    root,
    tier: 'performance',
    gates: 'open',
    policy: 'wait',
    include: [],
    exclude: [],
    patterns: { include: [], exclude: [] },
    node: process.version,
    intellimap: version,
    platform: `${process.platform} ${process.arch}`,
    git: null,
    startedAt: Date.now(),
    startedMicros: Number(process.hrtime.bigint() / 1000n),
    recorder: process.pid,
  };
  const folder = createRunFolder(root, file);
  return {
    folder,
    end: () => writeRunFile(folder, { ...file, endedAt: Date.now(), exitCode: 0, signal: null }),
  };
}
