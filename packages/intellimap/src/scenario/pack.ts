/** A pack of scenarios, one after the other: each is a run of its own, with a server of its own. */
import type { Browser } from 'playwright-core';
import { ExitCode, Fault } from '../base/fault.ts';
import { newRunId } from '../record/folder.ts';
import { type BrowserWishes, findBrowser } from './browser.ts';
import type { ScenarioFile } from './load.ts';
import type { ScenarioOutcome } from './outcome.ts';
import { runScenario, type ScenarioWishes } from './run-scenario.ts';

export interface PackWishes extends Omit<ScenarioWishes, 'run'> {
  browser: BrowserWishes;
  /** What all runs have in common. */
  run: Omit<ScenarioWishes['run'], 'command' | 'scenario'>;
  /** Told before each scenario, and after. */
  begins: (scenario: ScenarioFile, number: number) => void;
  ended: (outcome: ScenarioOutcome) => void;
}

/** @throws Fault when there is no browser, nothing can be written, or somebody stopped it: what was done until then was told */
export async function runPack(
  scenarios: readonly ScenarioFile[],
  wishes: PackWishes,
): Promise<ScenarioOutcome[]> {
  const pack = newRunId(new Date());
  const outcomes: ScenarioOutcome[] = [];
  let browser = await findBrowser(wishes.browser);
  try {
    for (const [index, scenario] of scenarios.entries()) {
      wishes.begins(scenario, index + 1);
      if (!browser.isConnected()) browser = await findBrowser(wishes.browser);
      const outcome = await oneOf(browser, scenario, wishes, pack);
      outcomes.push(outcome);
      wishes.ended(outcome);
    }
  } finally {
    await browser.close().catch(() => {});
  }
  return outcomes;
}

async function oneOf(
  browser: Browser,
  scenario: ScenarioFile,
  wishes: PackWishes,
  pack: string,
): Promise<ScenarioOutcome> {
  try {
    return await runScenario(browser, scenario, { ...wishes, run: runOf(scenario, wishes, pack) });
  } catch (error) {
    // A file that cannot be run fails alone.
    if (!(error instanceof Fault) || error.exitCode !== ExitCode.USAGE) throw error;
    const { name, file } = scenario;
    const why = error.advice === undefined ? error.message : `${error.message}\n${error.advice}`;
    return { name, file, run: null, result: 'failed', ms: 0, error: why, steps: [], pictures: [] };
  }
}

/** Runs of a scenario are compared with each other: they have one command. */
function runOf({ name, file }: ScenarioFile, { run }: PackWishes, pack: string): ScenarioWishes['run'] {
  const labels = [...new Set([...(run.labels ?? []), name])].toSorted();
  return { ...run, command: ['intellimap', 'scenario', file], labels, scenario: { name, file, pack } };
}
