/** `intellimap doctor`: what would be instrumented here, what not and why, and whether the machine has what is needed. */
import { readFileSync } from 'node:fs';
import { ExitCode, Fault } from '../../base/fault.ts';
import { globProblem, patternsOf } from '../../load/globs.ts';
import { filesIn, goalOf } from '../../graph/files.ts';
import { languageOf, type Scope } from '../../load/scope.ts';
import { scopeFor } from '../../load/node-scope.ts';
import { loadConfig } from '../../config/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { checkEnvironment, type EnvironmentCheck } from '../../runtime/index.ts';
import type { transform } from '../../transform/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { table } from '../table.ts';

/** What `--json` prints. */
export interface Diagnosis {
  root: string;
  checks: EnvironmentCheck[];
  files: number;
  functions: number;
  skipped: { path: string; reason: string }[];
}

export const doctor: Command = {
  name: 'doctor',
  usage: '[--include <glob>] [--exclude <glob>] [--json]',
  summary: 'Says what would be instrumented here and what not, and checks the machine.',
  options: {
    include: { type: 'string', multiple: true },
    exclude: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--include <glob>', text: 'as for run' },
    { usage: '--exclude <glob>', text: 'as for run' },
    { usage: '--json', text: 'print the diagnosis as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    const root = findRoot(cwd);
    const { settings } = await loadConfig(root);
    const include = (values['include'] ?? [...settings.record.include]) as string[];
    const exclude = (values['exclude'] ?? [...settings.record.exclude]) as string[];
    for (const glob of [...include, ...exclude]) {
      const problem = globProblem(glob);
      if (problem) throw new Fault(ExitCode.USAGE, `bad glob: ${problem}`);
    }
    const scope = scopeFor(root, { include: patternsOf(include), exclude: patternsOf(exclude) });
    const diagnosis: Diagnosis = { root, checks: await checks(root), files: 0, functions: 0, skipped: [] };
    // Here, for the parser is heavy and the other commands do without it.
    const { transform } = await import('../../transform/index.ts');
    for (const path of filesIn(root, scope, include.length > 0)) {
      examine(path, scope, transform, diagnosis);
      if (diagnosis.files % 50 === 0) out.progress(`${diagnosis.files} files read`);
    }
    if (values['json']) out.print(JSON.stringify(diagnosis, null, 2));
    else print(diagnosis, out);
    return diagnosis.checks.every(({ ok }) => ok) ? ExitCode.OK : ExitCode.FAILED;
  },
};

async function checks(root: string): Promise<EnvironmentCheck[]> {
  const what = 'DuckDB';
  const database = await import('@duckdb/node-api').then(
    () => ({ what, ok: true, note: 'loads' }),
    (error: Error) => ({ what, ok: false, note: `does not load: ${error.message.split('\n')[0]}` }),
  );
  return [...(await checkEnvironment(root)), database];
}

function examine(path: string, scope: Scope, instrument: typeof transform, diagnosis: Diagnosis): void {
  const text = readFileSync(path, 'utf8');
  diagnosis.files += 1;
  const result = instrument(text, {
    path: scope.name(path),
    lang: languageOf(path) ?? 'js',
    goal: goalOf(path, text),
    tier: 'performance',
    base: 1,
  });
  if (!result.ok) {
    diagnosis.skipped.push({ path: scope.name(path), reason: result.reason });
    return;
  }
  for (const site of result.table.sites) {
    if (site.flags !== undefined && site.kind !== 'module') diagnosis.functions += 1;
    if (site.off !== undefined)
      diagnosis.skipped.push({ path: `${scope.name(path)}:${site.line} ${site.name}`, reason: site.off });
  }
}

function print({ root, checks: list, files, functions, skipped }: Diagnosis, out: Call['out']): void {
  const { bold, green, red, yellow } = out.paint;
  out.print(`${bold('workspace')}  ${root}`);
  for (const { what, ok, note } of list) out.print(`  ${ok ? green('ok') : red('no')}  ${what}: ${note}`);
  out.print(
    `\n${bold('would be instrumented')}  ${files - skipped.filter(({ path }) => !path.includes(' ')).length} files, ${functions} functions`,
  );
  if (skipped.length === 0) {
    out.print('nothing in scope is left alone');
    return;
  }
  out.print(yellow(`\n${skipped.length} left alone`));
  out.print(table(skipped.slice(0, 50).map(({ path, reason }) => [path, reason])));
  if (skipped.length > 50) out.print(`… and ${skipped.length - 50} more (--json lists all)`);
}
