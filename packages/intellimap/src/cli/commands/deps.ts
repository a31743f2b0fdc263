/** `intellimap deps`: dependencies that nobody needs, that are not listed, or listed in the wrong place; and imports for nothing. */
import { askAnalyses, neverUsedImports, unusedDependencies } from '../../analyses/index.ts';
import { ExitCode } from '../../base/fault.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { printFindings } from '../findings-text.ts';
import { analysisJson, type AnalysisJson } from '../report/json.ts';
import { withRun } from '../session.ts';

export interface DepsAnswer {
  dependencies: AnalysisJson;
  imports: AnalysisJson;
}

export const deps: Command = {
  name: 'deps',
  usage: '[--json]',
  summary: 'Lists dependencies and imports that nothing uses, and dependencies that no package.json lists.',
  options: { json: { type: 'boolean' } },
  help: [{ usage: '--json', text: 'print all findings as JSON (docs/schemas/deps.schema.json)' }],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    await withRun({ cwd, out, source: true }, undefined, async (session) => {
      const [dependencies, imports] = await askAnalyses(session, { unusedDependencies, neverUsedImports });
      if (values['json']) {
        const answer: DepsAnswer = {
          dependencies: analysisJson(dependencies, false),
          imports: analysisJson(imports, false),
        };
        out.print(JSON.stringify(answer, null, 2));
        return;
      }
      for (const [at, answer] of [dependencies, imports].entries()) {
        out.print(`${at > 0 ? '\n' : ''}${out.paint.bold(answer.title)}`);
        printFindings(answer, out);
      }
    });
    return ExitCode.OK;
  },
};
