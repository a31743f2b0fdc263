/** Runs two builds by turns, or together, until the times decide or it has been enough. I/O: child processes, the database. */
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../base/settings/index.ts';
import type { RunFile } from '../../base/recording.ts';
import { judge, schedule, wantsMore, type GateName, type GateReport } from '../../gates/index.ts';
import { runFolder } from '../../record/folder.ts';
import { changedLines } from '../../record/git.ts';
import { findRoot } from '../../record/workspace.ts';
import { removeRuns } from '../../store/index.ts';
import type { Call } from '../command.ts';
import type { Checkout } from './checkout.ts';
import { type Build, gather } from './gather.ts';
import { complain, forget, type Recorder } from './record.ts';

export interface Pairs {
  baseline: Checkout;
  cwd: string;
  recorder: Recorder;
  /** At the same time. */
  together: boolean;
  times: number;
  timesMost: number;
  only: readonly GateName[];
  settings: Settings;
  intellimap: string;
}

/** How often the runs are asked. */
const LOOKS = 2;

export async function compareInPairs(pairs: Pairs, out: Call['out']): Promise<GateReport> {
  const { baseline, cwd, recorder, times, timesMost } = pairs;
  await warmUp(pairs, out);
  const ids = { baseline: [] as string[], candidate: [] as string[] };
  const looks = timesMost > times ? LOOKS : 1;
  const folders = { baseline: baseline.cwd, candidate: cwd };
  // Another order each time: it must not be known beforehand.
  const order = schedule(Math.max(times, timesMost), Date.now());
  for (let at = 0; ; at++) {
    out.progress(`runs ${at + 1} of ${at < times ? times : timesMost} pairs …`);
    const [first, second] = order[at];
    const files = await recordPair(recorder, [folders[first], folders[second]], pairs.together);
    ids[first].push(files[0].id);
    ids[second].push(files[1].id);
    if (at + 1 !== times && at + 1 !== order.length) continue;
    const report = await look(pairs, ids, looks, out);
    if (at + 1 < order.length && wantsMore(report, pairs.settings.gate, looks)) continue;
    // The last one stays, to look at; of the others the report has what counts.
    await forgetRuns(findRoot(cwd), ids.candidate.slice(0, -1));
    await forgetRuns(findRoot(baseline.cwd), ids.baseline);
    return report;
  }
}

async function forgetRuns(root: string, ids: string[]): Promise<void> {
  await removeRuns(root, ids);
  for (const id of ids) rmSync(runFolder(root, id), { recursive: true, force: true });
}

/** One run of each that nobody counts: files are in memory then, and it shows whether the command works at all. */
async function warmUp({ baseline, cwd, recorder }: Pairs, out: Call['out']): Promise<void> {
  out.progress('runs both builds once, to warm up …');
  for (const folder of [baseline.cwd, cwd]) {
    const file = await recorder.record(folder);
    forget(file);
    if (folder === baseline.cwd && (file.signal || file.exitCode !== 0)) complain(file, recorder.tail());
  }
}

async function recordPair(
  recorder: Recorder,
  [first, second]: [string, string],
  together: boolean,
): Promise<RunFile[]> {
  if (together) return await Promise.all([recorder.record(first), recorder.record(second)]);
  return [await recorder.record(first), await recorder.record(second)];
}

async function look(
  { baseline, cwd, together, only, settings, intellimap }: Pairs,
  ids: Record<'baseline' | 'candidate', string[]>,
  looks: number,
  out: Call['out'],
): Promise<GateReport> {
  const root = findRoot(cwd);
  const base = await gather(findRoot(baseline.cwd), baseline.name, { ids: ids.baseline }, settings, out);
  const candidate = await gather(root, 'this build', { ids: ids.candidate }, settings, out);
  const design = together ? 'together' : 'in turn';
  const terms = { design, looks, only, settings, intellimap, commit: baseline.commit } as const;
  return await judged(root, base, candidate, terms);
}

export interface Terms {
  design: GateReport['design'];
  looks: number;
  only: readonly GateName[];
  settings: Settings;
  intellimap: string;
  /** Of the baseline, where it is known better than by its runs. */
  commit?: string | null;
}

export async function judged(
  root: string,
  base: Build,
  candidate: Build,
  { design, looks, only, settings, intellimap, commit }: Terms,
): Promise<GateReport> {
  const since = commit ?? base.head.commit;
  const { facts, head } = candidate;
  return judge(
    {
      base: base.facts,
      candidate: facts,
      baseHead: { ...base.head, commit: since },
      candidateHead: head,
      design,
      settings: settings.gate,
      looks,
      exists: (path) => existsSync(join(root, path)),
      changed: since === null ? null : await changedLines(realpathSync(root), since),
    },
    { id: head.runs.at(-1)!, intellimap, only },
  );
}
