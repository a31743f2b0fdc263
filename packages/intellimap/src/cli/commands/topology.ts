/** `intellimap topology`: processes, servers, routes, topics, queues and timers that the text foretells, and what runs saw of them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import type { Topology } from '../../graph/index.ts';
import { topologyEvidence, type TopologyEvidence } from '../../query/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { refreshTopology } from '../../store/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { surveyor } from '../sources.ts';
import { withRun } from '../session.ts';
import { joinedTopology } from '../topology/joined.ts';
import { dotText, mermaidText } from '../topology/pictures.ts';
import { topologyText } from '../topology/text.ts';
import { sayUnread } from '../unread.ts';

export const topology: Command = {
  name: 'topology',
  usage: '[--all] [--json | --mermaid | --dot]',
  summary: 'Shows processes, servers, routes, topics, queues and timers, and what runs saw of them.',
  details: [
    'What the text starts, listens to, sends, asks and schedules, with how often',
    'recordings saw it, and what they saw that the text does not foretell.',
    '',
    '  intellimap topology',
    '  intellimap topology --mermaid > topology.mmd',
    '  intellimap query "select name, evidence, p95_ms from topology_node_evidence"',
  ].join('\n'),
  options: {
    all: { type: 'boolean' },
    json: { type: 'boolean' },
    mermaid: { type: 'boolean' },
    dot: { type: 'boolean' },
  },
  help: [
    { usage: '--all', text: 'list all, and not the first 20 of each' },
    { usage: '--json', text: 'print all as JSON (docs/schemas/topology.schema.json)' },
    { usage: '--mermaid', text: 'print a picture as Mermaid' },
    { usage: '--dot', text: 'print a picture as DOT (Graphviz)' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    if (['json', 'mermaid', 'dot'].filter((name) => values[name]).length > 1)
      throw new Fault(ExitCode.USAGE, '--json, --mermaid and --dot exclude each other');
    const root = findRoot(cwd);
    // The parser is loaded only when it is needed.
    const { readTopology } = await import('../../graph/index.ts');
    const { nodes, edges, files, failed, leftOut } = readTopology(root, (share) =>
      out.progress(`reading the source … ${Math.round(share * 100)} %`),
    );
    sayUnread(out, { failed, leftOut });
    const evidence = await evidenceOf(root, { nodes, edges }, { out, cwd });
    const answer = joinedTopology({ nodes, edges }, evidence, { files, leftOut });
    if (values['json']) out.print(JSON.stringify(answer, null, 2));
    else if (values['mermaid']) out.print(mermaidText(answer));
    else if (values['dot']) out.print(dotText(answer));
    else out.print(topologyText(answer, out.paint, { columns: out.columns, all: values['all'] === true }));
    return ExitCode.OK;
  },
};

/** Of what was never recorded, nothing is known, and that is no fault; nor is a trace left in such a workspace. */
async function evidenceOf(root: string, topology: Topology, call: Pick<Call, 'out' | 'cwd'>): Promise<TopologyEvidence | null> {
  if (!existsSync(join(root, '.intellimap'))) return null;
  await refreshTopology(root, {
    sources: surveyor(root, call.out),
    topology,
    onMessage: (message) => call.out.say(`intellimap: ${message}`),
  });
  try {
    return await withRun(call, undefined, topologyEvidence);
  } catch (error) {
    if (error instanceof Fault && error.exitCode === ExitCode.NOT_FOUND) return null;
    throw error;
  }
} // prettier-ignore
