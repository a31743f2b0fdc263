/** `intellimap graph`: brings the property graph of the workspace's text up to date, and says what is in it. */
import { ExitCode } from '../../base/fault.ts';
import { graphSize, type GraphSize } from '../../query/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { refreshGraph } from '../../store/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { counted, grouped, time } from '../format.ts';
import { watchGraph, type WatchAnswer } from '../graph-watch.ts';
import { grapher } from '../grapher.ts';
import { surveyor } from '../sources.ts';
import { printable } from '../terminal.ts';
import { untilSignal } from '../until-signal.ts';

/** What `--json` prints. */
export interface GraphAnswer extends GraphSize {
  /** Files whose graph was made, or removed, this time; ms that all of it took. */
  made: number;
  removed: number;
  ms: number;
}

export const graph: Command = {
  name: 'graph',
  usage: '[--watch] [--json]',
  summary:
    'Makes the property graph of the program texts: syntax, names, order of evaluation, flow of values.',
  details: [
    'Tables ast_nodes and graph_edges, for "intellimap query". Only files that changed are read again.',
    'With --watch it stays until Ctrl-C, and brings all tables about the text up to date when files are written: other',
    'commands find them right. What git ignores, and node_modules, are not watched.',
    '',
    '  intellimap query "select text, count(*) from ast_nodes where kind = \'Identifier\' group by text order by 2 desc"',
  ].join('\n'),
  options: { json: { type: 'boolean' }, watch: { type: 'boolean' } },
  help: [
    { usage: '--watch', text: 'stay, and say after each change what was read and how long it took' },
    { usage: '--json', text: 'print the answer as JSON; with --watch an object a line' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    const root = findRoot(cwd);
    if (values['watch'] === true) return await watch(root, out, values['json'] === true);
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

async function watch(root: string, out: Call['out'], isJson: boolean): Promise<number> {
  const controller = new AbortController();
  await watchGraph(root, {
    out,
    signal: controller.signal,
    onReady(first, size) {
      const { made, removed, ms } = first;
      const answer = { ...size, made: made.length, removed: removed.length, ms: Math.round(ms) };
      out.print(isJson ? JSON.stringify(answer) : graphText(answer));
      out.say(out.paintError.dim('Ctrl-C ends it.'));
      // Until here Ctrl-C ends the process as always: what is made by then stays.
      void untilSignal().then(() => controller.abort());
    },
    onUpdate: (answer) => out.print(isJson ? JSON.stringify(answer) : updateText(answer)),
  });
  return ExitCode.OK;
}

/** Paths of an update, at most. */
const SHOWN = 3;

function updateText({ made, removed, whole, ms }: WatchAnswer): string {
  const all = [...made, ...removed.map((path) => `${path} is gone`)];
  const shown = all.slice(0, SHOWN).map(printable).join(', ') || 'no text changed';
  const more = all.length > SHOWN ? ` and ${grouped(all.length - SHOWN)} more` : '';
  return `${shown}${more}: ${time(ms)}${whole ? ', with a look at all of the workspace' : ''}`;
}

function graphText({ files, nodes, functions, edges, problems, made, removed, ms }: GraphAnswer): string {
  const labels = Object.entries(edges).map(([label, count]) => `${grouped(count)} ${label}`);
  return [
    `${counted(files, 'file')}, ${counted(functions, 'function')}, ${counted(nodes, 'node')}`,
    `edges: ${labels.join(', ')}`,
    `${counted(made, 'file')} read${removed > 0 ? `, ${grouped(removed)} removed` : ''} in ${time(ms)}`,
    ...problems.map(({ path, problem }) => `no graph of ${path}: ${problem}`),
  ].join('\n');
}
