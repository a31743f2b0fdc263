/** What `intellimap topology` says, for people: who starts what, who tells whom, and what runs saw of each. Pure. */
import { counted } from '../format.ts';
import type { Paint } from '../terminal.ts';
import { type Line, linesText } from './lines.ts';
import type { TopologyAnswer } from './joined.ts';
import { blindSpots, requests, things, timeSpent } from './lists.ts';
import { messages } from './messages.ts';
import { programs } from './programs.ts';
import { Graph } from './graph.ts';

/** Of each list, without `--all`. */
const MOST = 20;

export function topologyText(answer: TopologyAnswer, paint: Paint, { columns, all }: { columns: number; all: boolean }): string {
  const graph = new Graph(answer);
  const most = all ? Infinity : MOST;
  const sections: [string, Line[]][] = [
    ['Programs, and what they start and answer', programs(graph, most)],
    ['Topics, messages, queues: who sends ←, who hears →', messages(graph, most)],
    ['Requests', requests(graph, most)],
    ['Databases, and who asks them', things(graph, 'database', most)],
    ['Timers', things(graph, 'timer', most)],
    ['Signals', things(graph, 'signal', most)],
    ['Where the time went, in the newest run', timeSpent(graph, answer, most)],
    ['Seen by runs, and not foretold by the text', blindSpots(answer, most)],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  if (shown.length === 0) return `nothing found in ${counted(answer.files, 'file')}`;
  return [
    ...shown.map(([title, lines]) => `${paint.bold(title)}\n${linesText(lines, paint, columns)}`),
    summary(answer),
  ].join('\n\n');
} // prettier-ignore

function summary({ files, runs, nodes }: TopologyAnswer): string {
  const things = nodes.filter(({ kind }) => kind !== 'function');
  const seen = things.filter(({ evidence }) => evidence === 'seen').length;
  const found = `${counted(things.length, 'thing')} in ${counted(files, 'file')}`;
  return runs === 0 ? `${found}; nothing was recorded` : `${found}; ${counted(runs, 'run')} saw ${counted(seen, 'of them').replace(/s$/, '')}`;
} // prettier-ignore
