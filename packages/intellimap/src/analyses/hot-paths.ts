/** Along which chains of calls the time went. */
import { type HotPath, hotPaths } from '../query/index.ts';
import {
  type Analysis,
  duration,
  type Evidence,
  type Finding,
  needsCalls,
  percent,
  plural,
  verdict,
} from './analysis.ts';

/** Functions of a long chain that are named, at its beginning and its end. */
const SHOWN = [2, 3] as const;

export interface PathFinding extends Finding {
  chain: HotPath;
}

export const hottestPaths: Analysis<PathFinding> = {
  name: 'hot-paths',
  title: 'Hot call chains',
  async check(session) {
    const unknown = needsCalls(session);
    if (unknown !== null) return unknown;
    const chains = await hotPaths(session, session.settings.hotPaths);
    return verdict(
      chains.map((chain) => ({
        chain,
        id: `hot-paths:${chain.measure}:${chain.functions.map(({ id }) => id).join(' > ')}`,
        confidence: chain.isEstimate ? 'likely' : 'certain',
        place: chain.functions.at(-1)!,
        evidence: evidenceOf(session.run.id, chain),
      })),
    );
  },
  describe: ({ chain }) =>
    `${named(chain)} ${chain.measure === 'work' ? 'works' : 'takes'} ${duration(chain.totalMs)}, ${percent(chain.share)} of all: ${whereOf(chain)}`,
  summarise(findings) {
    const [first] = findings;
    const most =
      first === undefined
        ? 'none'
        : `${percent(first.chain.share)} of all ${first.chain.measure === 'work' ? 'work' : 'time in calls'}`;
    return `${plural(findings.length, 'chain')}, the heaviest ${most}`;
  },
};

function named({ functions }: HotPath): string {
  const names = functions.map(({ name }) => name);
  const [head, tail] = SHOWN;
  const left = names.length - head - tail;
  return (left > 0 ? [...names.slice(0, head), `… ${left} more …`, ...names.slice(-tail)] : names).join(
    ' → ',
  );
}

/** Where the time of the chain is: the parts that make at least a tenth of it. */
function whereOf({ selfMs, waitMs, roundMs, totalMs, scattered }: HotPath): string {
  const parts = [
    { ms: selfMs, text: 'of its own' },
    { ms: waitMs, text: 'waiting for what is not recorded' },
    { ms: roundMs, text: 'going round, in functions of the chain' },
    ...scattered.map(({ name, totalMs: ms }) => ({ ms, text: `in ${name}` })),
  ].filter(({ ms }) => ms >= totalMs / 10);
  return parts.map(({ ms, text }) => `${percent(ms / totalMs)} ${text}`).join(', ') || 'in many small calls';
}

function evidenceOf(run: string, { functions }: HotPath): Evidence[] {
  const edges = functions.slice(1).map(({ id }, at): Evidence => ({
    run,
    table: 'edges_runtime',
    key: { src: functions[at].id, dst: id },
  }));
  const last: Evidence = { run, table: 'nodes_runtime', key: { ast_node_id: functions.at(-1)!.id } };
  return [last, ...edges.toReversed()];
}
