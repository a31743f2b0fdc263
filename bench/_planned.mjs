// A program recorded with a plan: what `intellimap plan` foretells of it, and processes that run so, without the command around them.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPlan } from '../packages/intellimap/dist/cli/plan-answer.js';
import { asFollowed } from '../packages/intellimap/dist/cli/plan.js';
import { createRunFolder } from '../packages/intellimap/dist/record/folder.js';
import { recordingEnvironment } from '../packages/intellimap/dist/record/launch.js';
import { beginRunFile, endRunFile } from '../packages/intellimap/dist/record/run-file.js';
import { patternsOf } from '../packages/intellimap/dist/load/globs.js';

const cli = fileURLToPath(new URL('../packages/intellimap/dist/command/main.js', import.meta.url));

/**
 * @typedef {{ root: string, command: string[], include: string[] }} Program `root` is a package of its own; `command` as it is recorded
 */

/** `intellimap plan` of a program: its answer, and the file that holds it. */
export function planned({ root, command, include }, scratch, limit, options = []) {
  const budget = limit === null ? [] : ['--budget', String(limit)];
  const globs = include.flatMap((glob) => ['--include', glob]);
  const words = [cli, 'plan', '--json', ...budget, ...globs, ...options, '--', ...command];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${words.join(' ')} failed:\n${stderr}`);
  const file = path.join(scratch, `plan-${limit ?? 'none'}.json`);
  fs.writeFileSync(file, stdout);
  return { file, answer: JSON.parse(stdout) };
}

/**
 * Begins a run as `intellimap run --plan` does. The environment is for the program's process; `end` is to be called when that has ended.
 * @param {string | undefined} file undefined: all calls are told, and nothing is foretold
 */
export async function beginPlanned({ root, command, include }, file) {
  const read = file === undefined ? { tier: 'performance', budget: null } : readPlan(file, root);
  const { tier, budget, plan } = read;
  const { measured } = file === undefined ? {} : JSON.parse(fs.readFileSync(file, 'utf8'));
  const cost = measured?.cost ?? undefined;
  const run = await beginRunFile({
    command,
    cwd: root,
    root,
    tier,
    gates: 'open',
    policy: 'wait',
    include,
    exclude: [],
    patterns: { include: patternsOf(include), exclude: [] },
    intellimap: 'bench',
    ...(budget !== null && { budget }),
    ...(cost && { cost }),
    ...(plan && { ...asFollowed(plan, {}), plan }),
  });
  const runDir = createRunFolder(root, run);
  return {
    id: run.id,
    environment: recordingEnvironment({ ...run, runDir }),
    end: () => endRunFile(runDir, run, { exitCode: 0, signal: null }),
    remove: () => fs.rmSync(runDir, { recursive: true, force: true }),
  };
}
