/** All commands, in the order that help shows them. */
import type { Command } from '../command.ts';
import { baseline } from './baseline.ts';
import { clean } from './clean.ts';
import { config } from './config.ts';
import { diff } from './diff.ts';
import { dead } from './dead.ts';
import { deps } from './deps.ts';
import { doctor } from './doctor.ts';
import { exportRun } from './export.ts';
import { gate } from './gate.ts';
import { importRun } from './import.ts';
import { keep } from './keep.ts';
import { limits } from './limits.ts';
import { panic } from './panic.ts';
import { query } from './query.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { runs } from './runs.ts';
import { show } from './show.ts';
import { sign } from './sign.ts';
import { stop } from './stop.ts';
import { trace } from './trace.ts';
import { verify } from './verify.ts';
import { v8 } from './v8.ts';

export const commands: readonly Command[] = [
  run,
  runs,
  report,
  diff,
  show,
  v8,
  query,
  baseline,
  gate,
  sign,
  verify,
  dead,
  deps,
  exportRun,
  importRun,
  trace,
  stop,
  keep,
  limits,
  panic,
  doctor,
  config,
  clean,
];
