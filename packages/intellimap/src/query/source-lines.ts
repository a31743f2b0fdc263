/** Question: what is known of the lines of a file, in a run or in one call? */
import { sum } from '../base/numbers.ts';
import { callLines } from './call-lines.ts';
import { valuesOfCall } from './call-values.ts';
import { holdings } from './holdings.ts';
import { type CountedRange, lineHits } from './line-hits.ts';
import type { SourceLine, SourceLines } from './moment-answers.ts';
import { momentsOf } from './moments.ts';
import type { Session } from './session.ts';

export interface LinesQuestion {
  /** As `modules.path`. */
  path: string;
  /** What is known of one call, of a function of that file. */
  call?: { thread: number; call: number };
}

type FunctionLines = SourceLines['functions'][number];

const FUNCTIONS = `
  SELECT f.function_id AS fn, f.ast_node_id AS id, f.name, f.path, f.line, f.end_line AS "endLine", coalesce(n.hits, 0) AS hits, n.self_ms AS "selfMs"
  FROM functions f LEFT JOIN nodes_runtime n USING (ast_node_id) WHERE f.path = $path ORDER BY f.line, f."column"`;
const COUNTED = `
  SELECT line, "column", end_line AS "endLine", end_column AS "endColumn", count FROM coverage
  WHERE path = $path AND kind IN ('function', 'block', 'line')`;
const CPU = `
  SELECT n.ast_node_id AS id, sum(s.weight_us) AS us FROM cpu_samples s JOIN cpu_nodes n ON n.thread_id = s.thread_id AND n.node_id = s.node_id
  WHERE n.path = $path AND n.ast_node_id IS NOT NULL GROUP BY n.ast_node_id`;
const ERRORS = `SELECT line, sum(count)::BIGINT AS count FROM errors WHERE path = $path AND line IS NOT NULL GROUP BY line`;
const WRITES = `
  SELECT line, target AS name, type, preview, at_us AS t FROM state_changes
  WHERE thread_id = $thread AND call_id = $call AND line IS NOT NULL ORDER BY nth`;

/** Undefined: the run does not know the file. */
export async function sourceLines(
  session: Session,
  { path, call }: LinesQuestion,
): Promise<SourceLines | undefined> {
  const { db } = session;
  const functions = await db.all<FunctionLines>(FUNCTIONS, { path });
  const [module] = await db.all<{ hash: string | null }>(
    'SELECT content_hash AS hash FROM modules WHERE path = $path',
    {
      path,
    },
  );
  if (module === undefined && functions.length === 0) return undefined;
  const lines = new Lines();
  const unknown: string[] = [];
  const counted = await db.all<CountedRange>(COUNTED, { path });
  for (const [line, hits] of lineHits(counted)) {
    const isNever = hits === 0 && call !== undefined;
    Object.assign(lines.at(line), { hits, hitsFrom: 'coverage', ...(isNever && { executed: false }) });
  }
  if (counted.length === 0) {
    unknown.push('How often single lines were passed is not recorded: run with --coverage.');
    for (const { line, hits } of functions)
      Object.assign(lines.at(line), { hits: Math.max(hits, lines.at(line).hits ?? 0), hitsFrom: 'function' });
  }
  await shares(session, path, functions, lines);
  let callRange: SourceLines['callRange'] = null;
  if (call !== undefined) callRange = await ofCall(session, path, functions, call, lines, unknown);
  else
    for (const { line, count } of await db.all<{ line: number; count: number }>(ERRORS, { path }))
      lines.at(line).errors = count;
  return { path, lines: lines.all(), functions, contentHash: module?.hash ?? null, callRange, unknown };
}

class Lines {
  readonly #lines = new Map<number, SourceLine>();

  at(line: number): SourceLine {
    let known = this.#lines.get(line);
    if (known === undefined) {
      known = { line, hits: null, hitsFrom: null, selfShare: null, executed: null, values: [], errors: 0 };
      this.#lines.set(line, known);
    }
    return known;
  }

  all(): SourceLine[] {
    return [...this.#lines.values()].toSorted((a, b) => a.line - b.line);
  }
}

/** Of the time that the functions of the file take themselves; by samples where there are some, else as it was measured. */
async function shares(
  session: Session,
  path: string,
  functions: readonly FunctionLines[],
  lines: Lines,
): Promise<void> {
  const { cpu } = await holdings(session);
  const samples = cpu ? await session.db.all<{ id: string; us: number }>(CPU, { path }) : [];
  const sampled = new Map(samples.map(({ id, us }) => [id, us]));
  const timeOf = ({ id, selfMs }: FunctionLines): number =>
    sampled.size > 0 ? (sampled.get(id) ?? 0) : (selfMs ?? 0);
  const total = sum(functions.map(timeOf));
  if (total <= 0) return;
  for (const each of functions) {
    if (timeOf(each) === 0) continue;
    const line = lines.at(each.line);
    line.selfShare = (line.selfShare ?? 0) + timeOf(each) / total;
  }
}

async function ofCall(
  session: Session,
  path: string,
  functions: readonly FunctionLines[],
  of: { thread: number; call: number },
  lines: Lines,
  unknown: string[],
): Promise<SourceLines['callRange']> {
  const { db } = session;
  const run = await momentsOf(session);
  const passed = await callLines(run, of.thread, of.call);
  const [row] = await db.all<{ fn: number; t: number; end: number | null; outcome: string }>(
    `SELECT function_id AS fn, start_us AS t, end_us AS "end", outcome::VARCHAR AS outcome FROM calls WHERE thread_id = $thread AND call_id = $call`,
    of,
  );
  const own = functions.find(({ fn }) => fn === (passed?.fn ?? row?.fn));
  if (own === undefined) {
    unknown.push(`Call ${of.thread}:${of.call} is none of a function of ${path}, or was not recorded.`);
    return null;
  }
  for (const { line, kind } of passed?.lines ?? []) {
    lines.at(line).executed = true;
    if (kind === 'error') lines.at(line).errors++;
  }
  lines.at(own.line).executed = true;
  if (passed === undefined)
    unknown.push('There is no recording of single calls: which lines it passed is not known.');
  else if (passed.isCut) unknown.push('The call is so long that only its beginning was read.');
  unknown.push(
    'Of a single call only these lines are known to be passed: where it begins, awaits, throws, catches and (with --values) writes.',
  );
  await values(
    session,
    own,
    of,
    passed?.lines.findLast(({ kind }) => kind === 'error')?.line,
    row,
    lines,
    unknown,
  );
  return { line: own.line, endLine: own.endLine };
}

/** Parameters where the function begins, writes where they are, what it gave where it ends, what it threw where it threw. */
async function values(
  session: Session,
  { line, endLine }: FunctionLines,
  of: { thread: number; call: number },
  threwAt: number | undefined,
  row: { t: number; end: number | null } | undefined,
  lines: Lines,
  unknown: string[],
): Promise<void> {
  if (!(await holdings(session)).values) {
    unknown.push('No values were recorded: run with --values.');
    return;
  }
  const { db } = session;
  const known = await valuesOfCall(db, of.thread, of.call);
  const placeOf: Record<string, number> = { result: endLine, thrown: threwAt ?? endLine };
  for (const { role, name, type, preview } of known) {
    const t =
      role === 'argument' || role === 'this'
        ? (row?.t ?? null)
        : role === 'result'
          ? (row?.end ?? null)
          : null;
    lines.at(placeOf[role] ?? line).values.push({ name: name ?? role, type, preview, t });
  }
  type Write = { line: number; name: string; type: string; preview: string; t: number };
  for (const { line: at, ...write } of await db.all<Write>(WRITES, of)) {
    lines.at(at).values.push(write);
    lines.at(at).executed = true;
  }
  if (known.some(({ role }) => role === 'result'))
    unknown.push('Which `return` gave the result is not recorded: it stands where the function ends.');
}
