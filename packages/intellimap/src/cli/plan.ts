/** Before a run with a budget: what earlier runs of the same command tell about what can be afforded. */
import { callCosts } from '../base/cost.ts';
import { ExitCode, Fault } from '../base/fault.ts';
import { planFor } from '../base/plan.ts';
import type { Plan, RunFile } from '../base/recording.ts';
import { shownCommand } from '../record/redaction.ts';
import type { Call } from './command.ts';

type Planned = Pick<RunFile, 'root' | 'cwd' | 'command' | 'tier' | 'budget' | 'cost' | 'values'>;

/** Undefined: all is told at first, as nothing is known, or all fits. A store that cannot be read is said to be so, and no reason not to start. */
export async function planOf(
  { root, cwd, command, tier, budget, cost, values }: Planned,
  out: Call['out'],
): Promise<Plan | undefined> {
  if (budget === undefined || cost === undefined) return undefined;
  try {
    // Loaded here: a run without a budget has no use for the store.
    const [{ callRates }, { withRun }] = await Promise.all([
      import('../query/index.ts'),
      import('./session.ts'),
    ]);
    const known = await withRun({ cwd: root, out }, undefined, ({ db }) =>
      callRates(db, JSON.stringify(shownCommand(command, root, values?.redact)), cwd, cost),
    );
    return known && planFor(known.rates, { budget, tier, cost: callCosts(cost, tier), from: known.run });
  } catch (error) {
    if (!(error instanceof Fault && error.exitCode === ExitCode.NOT_FOUND))
      out.say(`intellimap: earlier runs cannot be asked what to leave out: ${(error as Error).message}`);
    return undefined;
  }
}
