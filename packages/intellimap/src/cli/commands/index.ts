/** All commands, in the order that help shows them. */
import type { Command } from '../command.ts';
import { clean } from './clean.ts';
import { doctor } from './doctor.ts';
import { query } from './query.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { runs } from './runs.ts';
import { show } from './show.ts';

export const commands: readonly Command[] = [run, runs, report, show, query, doctor, clean];
