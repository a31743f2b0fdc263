/** What is done when nothing more comes to a run that was collected. I/O: its folder, the database. */
import { Fault } from '../base/fault.ts';
import { loadConfig } from '../config/index.ts';
import { runFolder } from '../record/folder.ts';
import { cleanAndSay } from './clean-up.ts';
import type { CollectRun } from './collect-run.ts';
import type { Call } from './command.ts';

/** Ends it, and says what it did. Whatever goes wrong then, the run is kept. */
export async function finishRun(run: CollectRun, out: Call['out'], withSummary: boolean): Promise<void> {
  const file = run.end();
  if (file === undefined) return;
  const { root, id } = file;
  try {
    const { attributeSpans } = await import('./attributed-spans.ts');
    await attributeSpans(root, runFolder(root, id));
    if (withSummary) await (await import('./summarise.ts')).summarise(file, false, out);
    const { settings } = await loadConfig(root);
    await cleanAndSay(file, settings.retention, out);
  } catch (error) {
    const advice = error instanceof Fault && error.advice ? `\n  ${error.advice}` : '';
    out.say(`intellimap: run ${id} is kept, but not all of it is told: ${(error as Error).message}${advice}`);
  }
}
