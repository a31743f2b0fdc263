/** Packs of scenarios: each scenario has a baseline of its own, so that like is compared with like. I/O: the database, files of baselines. */
import type { Settings } from '../../base/settings/index.ts';
import { packRuns, withSession } from '../../query/index.ts';
import type { Call } from '../command.ts';

export interface PackedRun {
  /** Of the scenario. */
  name: string;
  run: string;
}

/** Options that say which runs are meant: then the latest pack is not. */
const SAYS_WHICH = ['runs', 'command'];

/** Runs of the pack that the latest run was part of, by name of the scenario; none: it was no scenario's, or others are asked for. */
export async function latestPack(
  root: string,
  values: Call['values'],
  settings: Settings,
  out: Call['out'],
): Promise<PackedRun[]> {
  if (SAYS_WHICH.some((option) => values[option] !== undefined)) return [];
  const onMessage = (message: string): void => out.say(`intellimap: ${message}`);
  return await withSession(root, { settings, onMessage }, async ({ db, run }) =>
    (await packRuns(db, run)).map((each) => ({ name: each.name, run: each.run.id })),
  );
}

/** `main` → `main.checkout`; `ci/main.json` → `ci/main.checkout.json` */
export const ofScenario = (baseline: string, name: string): string =>
  /[/\\]|\.json$/.test(baseline) ? `${baseline.replace(/\.json$/, '')}.${name}.json` : `${baseline}.${name}`;
