/** Looking at the workspace's text before something is asked about it. */
import type { SurveySources } from '../query/index.ts';
import type { Workspace } from '../graph/index.ts';
import type { SourceLooks } from '../store/index.ts';
import type { Terminal } from './terminal.ts';

/**
 * The parser is loaded only when it is needed: other commands do without it.
 * @param calls whether the call graph is wanted, too
 */
export const surveyor =
  (root: string, out: Pick<Terminal, 'progress' | 'say'>, calls = false): SurveySources =>
  async (known) => {
    const { surveyWorkspace } = await import('../graph/index.ts');
    try {
      const { linkCalls, ...survey } = surveyWorkspace(root, known, {
        onProgress: (share) => out.progress(`reading the source … ${Math.round(share * 100)} %`),
      });
      return calls ? { ...survey, linkCalls } : survey;
    } catch (error) {
      // What was recorded can be told without it.
      out.say(`intellimap: the source cannot be read: ${(error as Error).message}`);
      return null;
    }
  };

/** The same for somebody who looks again and again. A look that fails is told to him. */
export async function looksAt(
  root: string,
  out: Pick<Terminal, 'progress'>,
): Promise<SourceLooks & Pick<Workspace, 'isIgnored'>> {
  const { Workspace } = await import('../graph/index.ts');
  const workspace = new Workspace(root, {
    onProgress: (share) => out.progress(`reading the source … ${Math.round(share * 100)} %`),
  });
  return {
    look: async (known) => {
      const { linkCalls: _, ...survey } = workspace.look(known);
      return survey;
    },
    lookAt: (paths) => workspace.lookAt(paths),
    isIgnored: (path) => workspace.isIgnored(path),
  };
}
