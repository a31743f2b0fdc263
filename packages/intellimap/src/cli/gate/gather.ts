/** Runs of a workspace → what their build did. I/O: the database. */
import { cpus } from 'node:os';
import { ExitCode, Fault } from '../../base/fault.ts';
import type { Settings } from '../../base/settings/index.ts';
import { type BuildFacts, type BuildHead, factsOf } from '../../gates/index.ts';
import {
  buildRun,
  latestLike,
  listRuns,
  resolveRun,
  type RunRow,
  type Session,
  withSession,
} from '../../query/index.ts';
import { type Call, wholeNumber } from '../command.ts';

export interface Build {
  head: BuildHead;
  facts: BuildFacts;
}

/** Which runs: ids in the order in which they were made, or how many of the latest, of a command that has these words, or of the same one as a run has. */
export type Wanted = { ids: string[] } | { last: number; command?: string; like?: string };

/** @throws Fault for options that contradict each other. */
export function wantedRuns(values: Call['values']): Wanted {
  const ids = [values['runs'] ?? []].flat().flatMap((each) => String(each).split(','));
  const last = wholeNumber('--last', values['last']);
  if (ids.length > 0 && last !== undefined)
    throw new Fault(ExitCode.USAGE, '--runs and --last are two ways to say the same');
  if (last === 0) throw new Fault(ExitCode.USAGE, '--last takes a number above 0');
  const command = values['command'];
  if (ids.length > 0 && command !== undefined)
    throw new Fault(ExitCode.USAGE, '--runs says which runs, --command has no say then');
  return ids.length > 0 ? { ids } : { last: last ?? 1, ...(command && { command: String(command) }) };
}

/** @throws Fault: no such run. */
export async function gather(
  root: string,
  name: string,
  wanted: Wanted,
  settings: Settings,
  out: Call['out'],
): Promise<Build> {
  const options = {
    settings,
    onMessage: (message: string) => out.say(`intellimap: ${message}`),
    onProgress: (share: number, what: string) => out.progress(`${what} … ${Math.round(share * 100)} %`),
  };
  return await withSession(root, options, async (session) => {
    const runs = await chosen(session, wanted);
    const built = [];
    for (const run of runs) built.push(await buildRun(session.db, run, settings.gate.queryFunctions));
    return { head: headOf(name, runs), facts: factsOf(built) };
  });
}

async function chosen({ db, run }: Session, wanted: Wanted): Promise<RunRow[]> {
  if ('ids' in wanted) return await Promise.all(wanted.ids.map((id) => resolveRun(db, id)));
  const { last, command, like } = wanted;
  if (like !== undefined) return await latestLike(db, await resolveRun(db, like), last);
  return await latestLike(db, command === undefined ? run : await runOf(db, command), last);
}

/** The latest run of a command that has these words in it. */
async function runOf(db: Session['db'], words: string): Promise<RunRow> {
  const found = (await listRuns(db)).find(({ command }) => command.join(' ').includes(words));
  if (found === undefined)
    throw new Fault(ExitCode.NOT_FOUND, `there is no run of "${words}"`, 'intellimap runs lists them');
  return await resolveRun(db, found.id);
}

function headOf(name: string, runs: readonly RunRow[]): BuildHead {
  const last = runs.at(-1)!;
  const env = JSON.parse(last.env) as { node: string; platform: string };
  return {
    name,
    commit: last.commit,
    dirty: last.dirty,
    node: env.node,
    platform: env.platform,
    machine: machine(),
    command: JSON.parse(last.command) as string[],
    runs: runs.map(({ id }) => id),
  };
}

/** As far as times depend on it. */
function machine(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}`;
}
