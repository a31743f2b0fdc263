/** Questions to the CPU samples of V8: in which functions was it, and when had the program warmed up? */
import { holdings } from './holdings.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';
import { type SteadyState, steadyState } from './steady-state.ts';

export interface SampledFunction {
  /** null: not a function of an instrumented file; then name and path are V8's. */
  id: string | null;
  name: string;
  path: string | null;
  line: number | null;
  /** Samples with it on top of the stack, and anywhere in it. */
  self: number;
  total: number;
  /** What they stand for. */
  selfMs: number;
  totalMs: number;
}

export interface CpuProfileAnswer {
  /** Samples while the program did something: none of waiting, and none of what IntelliMap did. */
  samples: number;
  busyMs: number;
  idleMs: number;
  /** What a thread did beside running the program: garbage collection, IntelliMap itself, V8 and native code without a function. */
  collectingMs: number;
  ownMs: number;
  nativeMs: number;
  /** µs between two samples that was asked for. */
  intervalUs: number | null;
  functions: SampledFunction[];
}

export interface ProfileNode {
  /** Same for all nodes of a function. */
  key: string;
  /** Index of the caller in the list; −1: the root. */
  parent: number;
  self: number;
  selfUs: number;
}

/**
 * Samples of functions by themselves and in all: a function that calls itself counts once. Callers come before callees.
 * @returns by key
 */
export function totals(
  nodes: readonly ProfileNode[],
): Map<string, { self: number; selfUs: number; total: number; totalUs: number }> {
  const below = nodes.map(({ self, selfUs }) => ({ samples: self, us: selfUs }));
  for (let at = nodes.length - 1; at > 0; at--) {
    const { parent } = nodes[at];
    if (parent < 0) continue;
    below[parent].samples += below[at].samples;
    below[parent].us += below[at].us;
  }
  const found = new Map<string, { self: number; selfUs: number; total: number; totalUs: number }>();
  for (const [at, { key, self, selfUs }] of nodes.entries()) {
    const sums = found.get(key) ?? { self: 0, selfUs: 0, total: 0, totalUs: 0 };
    found.set(key, sums);
    sums.self += self;
    sums.selfUs += selfUs;
    if (isWithin(nodes, at)) continue;
    sums.total += below[at].samples;
    sums.totalUs += below[at].us;
  }
  return found;
}

/** Has it been called by itself? */
function isWithin(nodes: readonly ProfileNode[], at: number): boolean {
  const { key } = nodes[at];
  for (let up = nodes[at].parent; up >= 0; up = nodes[up].parent) if (nodes[up].key === key) return true;
  return false;
}

const KEY = `coalesce(ast_node_id, concat_ws(chr(31), name, path, line))`;
const [IDLE, OWN] = ['(idle)', '(intellimap)'];
const ALONE = ['(root)', '(program)', '(garbage collector)', IDLE, OWN];

/** @param by what the order is made by */
export async function cpuProfile(
  { db }: Session,
  { limit = 10, by = 'self' }: { limit?: number; by?: 'self' | 'total' } = {},
): Promise<CpuProfileAnswer> {
  const rows = await db.all<SampledNode>(
    `SELECT n.thread_id AS thread, n.node_id AS node, n.parent_id AS parent, ${KEY} AS key, n.ast_node_id AS id, n.name, n.path, n.line,
       count(s.node_id) AS self, coalesce(sum(s.weight_us), 0) AS selfUs
     FROM cpu_nodes n LEFT JOIN cpu_samples s USING (thread_id, node_id)
     GROUP BY ALL ORDER BY n.thread_id, n.node_id`,
  );
  const [measured] = await db.all<{ intervalUs: number | null }>(
    `SELECT min(interval_us) AS intervalUs FROM v8_measured WHERE what = 'cpu'`,
  );
  const facts = new Map(rows.map((row) => [row.key, row]));
  const sums = totals(indexed(rows));
  const sumOf = (names: readonly string[], what: 'self' | 'selfUs'): number =>
    rows.reduce((sum, row) => sum + (names.includes(row.name) ? row[what] : 0), 0);
  const msOf = (...names: string[]): number => sumOf(names, 'selfUs') / 1000;
  const all = rows.reduce((sum, { self, selfUs }) => ({ self: sum.self + self, us: sum.us + selfUs }), {
    self: 0,
    us: 0,
  });
  const functions = [...sums]
    .flatMap(([key, { self, selfUs, total, totalUs }]): SampledFunction[] => {
      const { id, name, path, line } = facts.get(key)!;
      if (ALONE.includes(name) || total === 0) return [];
      return [{ id, name, path, line, self, total, selfMs: selfUs / 1000, totalMs: totalUs / 1000 }];
    })
    .toSorted((a, b) => b[`${by}Ms`] - a[`${by}Ms`] || b.totalMs - a.totalMs)
    .slice(0, limit);
  return {
    samples: all.self - sumOf([IDLE, OWN], 'self'),
    busyMs: all.us / 1000 - msOf(IDLE, OWN),
    idleMs: msOf(IDLE),
    collectingMs: msOf('(garbage collector)'),
    ownMs: msOf(OWN),
    nativeMs: msOf('(program)'),
    intervalUs: measured?.intervalUs ?? null,
    functions,
  };
}

/** What samples say of one function; null: there are none of it. The profile is summed up once a session. */
export async function sampledFunction(session: Session, id: string): Promise<SampledFunction | null> {
  if (!(await holdings(session)).cpu) return null;
  return (await sampledById(session)).get(id) ?? null;
}

const sampledById = oncePerSession(async (session): Promise<Map<string, SampledFunction>> => {
  const { functions } = await cpuProfile(session, { limit: Infinity });
  return new Map(functions.flatMap((each) => (each.id === null ? [] : [[each.id, each]])));
});

interface SampledNode {
  thread: number;
  node: number;
  parent: number | null;
  key: string;
  id: string | null;
  name: string;
  path: string | null;
  line: number | null;
  self: number;
  selfUs: number;
}

/** Nodes of a thread are numbered from 1, callers before callees. */
function indexed(rows: readonly SampledNode[]): ProfileNode[] {
  const firsts = new Map<number, number>();
  return rows.map(({ thread, node, parent, key, self, selfUs }, at) => {
    if (!firsts.has(thread)) firsts.set(thread, at - node + 1);
    return { key, parent: parent === null ? -1 : firsts.get(thread)! + parent - 1, self, selfUs };
  });
}

/** When the busiest thread had warmed up; from its samples while it ran something. */
export async function warmUp({ db }: Session): Promise<SteadyState> {
  const rows = await db.all<{ at: number; key: string }>(
    `WITH busy AS (
       SELECT s.thread_id, s.at_us, ${KEY} AS key, count(*) OVER (PARTITION BY s.thread_id) AS samples
       FROM cpu_samples s JOIN cpu_nodes n USING (thread_id, node_id) WHERE n.name NOT IN ('(idle)', '(intellimap)'))
     SELECT at_us AS at, key FROM busy WHERE thread_id = (SELECT arg_max(thread_id, samples) FROM busy) ORDER BY at_us`,
  );
  return steadyState(rows);
}
