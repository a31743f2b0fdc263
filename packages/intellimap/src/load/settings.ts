/** What a process needs to know about the run it belongs to, read once from `run.json`. I/O: that one file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, RunFile, Tier, ValuesWanted } from '../base/recording.ts';

export interface LoadSettings {
  runDir: string;
  root: string;
  tier: Tier;
  plan: Plan | undefined;
  /** Regular expressions: see `ScopeOptions`. */
  patterns: { include: string[]; exclude: string[] };
  values: ValuesWanted | undefined;
  /** V8 measures, and says places of texts that run. */
  isMeasured: boolean;
}

export function readSettings(runDir: string): LoadSettings {
  const { root, tier, plan, patterns, values, v8 } = JSON.parse(
    readFileSync(join(runDir, 'run.json'), 'utf8'),
  ) as RunFile;
  return { runDir, root, tier, plan, patterns, values, isMeasured: v8 !== undefined };
}
