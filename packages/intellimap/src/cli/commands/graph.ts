/** `intellimap graph`: brings the property graph of the workspace's text up to date, and says what is in it. */
import { ExitCode } from '../../base/fault.ts';
import { graphSize, type GraphSize } from '../../query/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { refreshGraph } from '../../store/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { counted, grouped, time } from '../format.ts';
import { grapher } from '../grapher.ts';
import { surveyor } from '../sources.ts';

/** What `--json` prints. */
export interface GraphAnswer extends GraphSize {
  /** Files whose graph was made, or removed, this time; ms that all of it took. */
  made: number;
  removed: number;
  ms: number;
}

export const graph: Command = {
  name: 'graph',
  usage: '[--json]',
  summary:
    'Makes the property graph of the program texts: syntax, names, order of evaluation, flow of values.',
  details: [
    'Tables ast_nodes and graph_edges, for "intellimap query". Only files that changed are read again.',
    '',
    '  intellimap query "select text, count(*) from ast_nodes where kind = \'Identifier\' group by text order by 2 desc"',
  ].join('\n'),
  options: { json: { type: 'boolean' } },
  help: [{ usage: '--json', text: 'print the answer as JSON' }],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    const root = findRoot(cwd);
    const began = performance.now();
    const {
      made,
      removed,
      answer: size,
    } = await refreshGraph(root, {
      sources: surveyor(root, out),
      graphs: await grapher(root),
      onProgress: (share) => out.progress(`making the graph … ${Math.round(share * 100)} %`),
      ask: graphSize,
    });
    const ms = Math.round(performance.now() - began);
    const answer: GraphAnswer = { ...size, made, removed, ms };
    out.print(values['json'] ? JSON.stringify(answer, null, 2) : graphText(answer));
    return ExitCode.OK;
  },
};

function graphText({ files, nodes, functions, edges, problems, made, removed, ms }: GraphAnswer): string {
  const labels = Object.entries(edges).map(([label, count]) => `${grouped(count)} ${label}`);
  return [
    `${counted(files, 'file')}, ${counted(functions, 'function')}, ${counted(nodes, 'node')}`,
    `edges: ${labels.join(', ')}`,
    `${counted(made, 'file')} read${removed > 0 ? `, ${grouped(removed)} removed` : ''} in ${time(ms)}`,
    ...problems.map(({ path, problem }) => `no graph of ${path}: ${problem}`),
  ].join('\n');
}
