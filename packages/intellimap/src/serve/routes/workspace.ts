/** What is there to look at: the workspace and its runs. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { listRuns } from '../../query/index.ts';
import type { Workspace } from '../contract.ts';
import { asked, type Context, type Route } from '../route.ts';

export const workspace: Route<'workspace'> = {
  ask: asked({}),
  async answer(_, context) {
    const { root, version } = context;
    const facts = packageFacts(root);
    return {
      name: facts.name ?? basename(root),
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

interface PackageFacts {
  name?: string;
  main?: string;
  scripts: Record<string, string>;
}

function packageFacts(root: string): PackageFacts {
  try {
    const { name, main, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    return {
      ...(typeof name === 'string' && { name }),
      ...(typeof main === 'string' && { main }),
      scripts: typeof scripts === 'object' && scripts !== null ? (scripts as Record<string, string>) : {},
    };
  } catch {
    return { scripts: {} };
  }
}

/** What this project is most likely started with. */
function commandOf({ scripts, main }: PackageFacts): string {
  for (const name of ['dev', 'start', 'test'])
    if (scripts[name] !== undefined) return `npm ${name === 'dev' ? 'run dev' : name}`;
  return main === undefined ? 'node app.js' : `node ${main}`;
}
