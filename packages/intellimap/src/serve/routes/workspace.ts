/** What is there to look at: the workspace and its runs. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { listRuns, project, type Project } from '../../query/index.ts';
import type { Workspace } from '../contract.ts';
import { asked, type Context, type Route } from '../route.ts';

export const workspace: Route<'workspace'> = {
  ask: asked({}),
  async answer(_, context) {
    const { root, version } = context;
    const facts = project(root);
    return {
      name: facts.name,
      root,
      version,
      ...(await runsOf(context)),
      suggestion: `npx intellimap run -- ${commandOf(facts)}`,
    };
  },
};

/** A workspace of nothing is an answer, too. */
async function runsOf({ data }: Context): Promise<Pick<Workspace, 'runs' | 'failed'>> {
  try {
    return await data.askAll(async (db, failed) => ({ runs: await listRuns(db), failed }));
  } catch (error) {
    if (error instanceof Fault && error.exitCode === ExitCode.NOT_FOUND) return { runs: [], failed: [] };
    throw error;
  }
}

/** What this project is most likely started with. */
function commandOf({ scripts, main }: Project): string {
  for (const name of ['dev', 'start', 'test'])
    if (scripts.includes(name)) return `npm ${name === 'dev' ? 'run dev' : name}`;
  return `node ${main ?? 'app.js'}`;
}
