/** What the checks are given. */
import type { ValuesOf } from '../base/settings/index.ts';
import type { gate } from '../base/settings/gate.ts';
import type { BuildFacts } from './facts.ts';
import type { BuildHead, GateReport } from './report.ts';

export type GateSettings = ValuesOf<typeof gate>;

/** Lines of a file that git calls changed since the commit of the baseline: first and last, from 1. */
export type ChangedLines = Record<string, [number, number][]>;

export interface Comparison {
  base: BuildFacts;
  candidate: BuildFacts;
  baseHead: BuildHead;
  candidateHead: BuildHead;
  /** Runs number k of both builds are a pair, and chance decided which began. */
  design: GateReport['design'];
  settings: GateSettings;
  /** How often the same question is asked while runs are added: each time gets its part of the false alarms. */
  looks: number;
  /** Whether a file of the baseline is still there. */
  exists: (path: string) => boolean;
  /** null: git does not know. */
  changed: ChangedLines | null;
}
