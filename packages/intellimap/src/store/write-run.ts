/** A replayed run → rows of every table. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { sum } from '../base/numbers.ts';
import type { ModuleLine } from '../base/recording.ts';
import { EMPTY_THREAD, type RowOf } from '../schema/index.ts';
import { appendColumns, appendRows } from './append.ts';
import { errorRows } from './error-rows.ts';
import { eventRows, eventsLetGo } from './event-notes.ts';
import { flagRows } from './flag-rows.ts';
import { edgeRows, functionRows, nodeRows } from './function-rows.ts';
import { importRows, resolveTargets } from './import-rows.ts';
import type { ReplayedRun } from './replay-run.ts';
import { consoleRows, longTaskRows, vitalRows } from './page-rows.ts';
import { pictureRows } from './picture-rows.ts';
import { browserFacts } from './browser-facts.ts';
import { costRows, gateRows, keepRows, rateRows } from './note-rows.ts';
import { orNull } from './or-null.ts';
import { NODE } from './replay/program.ts';
import { resourceRows, resourcesLetGo, routeRows } from './resource-rows.ts';
import { linkRows, pauseRows, taskRows } from './task-rows.ts';
import { writeTimes } from './time-rows.ts';
import { callValueRows, letGoRows, stateRows, strategies } from './value-rows.ts';

const OUTCOMES = ['returned', 'threw', 'open', 'unknown'] as const;

export async function writeRun(connection: DuckDBConnection, run: ReplayedRun): Promise<void> {
  const { folder, program, sinks, threads } = run;
  const { id, startedMicros } = folder.run;
  await appendRows(connection, 'threads', [...threadRows(run), ...otherThreadRows(run)]);
  await appendRows(connection, 'segments', segmentRows(run));
  await appendRows(connection, 'frames', frameRows(run));
  await appendRows(connection, 'skipped_files', skippedRows(run));
  await appendRows(connection, 'gate_changes', gateRows(run));
  await appendRows(connection, 'costs', costRows(run));
  await appendRows(connection, 'rate_changes', rateRows(run));
  await appendRows(connection, 'keeps', keepRows(run));
  await appendRows(connection, 'modules', moduleRows(run));
  await appendRows(connection, 'functions', functionRows(run));
  await appendRows(connection, 'nodes_runtime', nodeRows(run));
  await appendRows(connection, 'edges_runtime', edgeRows(run));
  await appendRows(connection, 'errors', errorRows(id, startedMicros, program, threads, sinks.tasks));
  await appendRows(connection, 'tasks', taskRows(run));
  await appendRows(connection, 'links', linkRows(run));
  await appendRows(connection, 'pauses', pauseRows(run));
  await appendRows(connection, 'resources', resourceRows(run));
  await appendRows(connection, 'vitals', vitalRows(run));
  await appendRows(connection, 'long_tasks', longTaskRows(run));
  await appendRows(connection, 'console_messages', consoleRows(run));
  await appendRows(connection, 'pictures', pictureRows(run));
  await appendRows(connection, 'resource_routes', routeRows(run));
  await appendRows(connection, 'resources_let_go', resourcesLetGo(run));
  await appendRows(connection, 'custom_events', eventRows(run));
  await appendRows(connection, 'custom_events_let_go', eventsLetGo(run));
  const targets = resolveTargets(folder.modules);
  const edgesKnown = folder.run.tier !== 'minimal';
  const isPartial =
    folder.unrecorded > 0 ||
    threads.some(({ result }) => result.letGo + result.leftOut.words + result.edgeless > 0);
  await appendRows(
    connection,
    'imports',
    importRows(id, {
      program,
      aggregates: sinks.aggregates,
      edgesKnown,
      isPartial,
      targets,
      reached: run.reached,
    }),
  );
  await writeCalls(connection, run);
  await appendRows(connection, 'call_values', callValueRows(run));
  await appendRows(connection, 'state_changes', stateRows(run));
  await appendRows(connection, 'values_let_go', letGoRows(run));
  await appendRows(connection, 'flags', flagRows(run));
  await writeMeasured(connection, run);
  await writeTimes(connection, run);
  await appendRows(connection, 'runs', [runRow(run)]);
}

/** Of run files that somebody may have edited. */
const labelsOf = (told: unknown): string[] =>
  Array.isArray(told) ? told.filter((each) => typeof each === 'string') : [];
async function writeMeasured(connection: DuckDBConnection, { folder, measured }: ReplayedRun): Promise<void> {
  await appendRows(connection, 'v8_measured', measured.measured);
  await appendRows(connection, 'cpu_nodes', measured.cpuNodes);
  for (const { thread, count, at, weight, node } of measured.cpuSamples)
    await appendColumns(connection, 'cpu_samples', count, {
      run_id: { constant: folder.run.id },
      thread_id: { constant: thread },
      at_us: { at },
      weight_us: { at: weight },
      node_id: { at: node },
    });
  await appendRows(connection, 'coverage', measured.coverage);
  await appendRows(connection, 'heap_constructors', measured.heap);
}

/** The least of values that are known. */
const least = (values: (number | null)[]): number | null =>
  values.reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null);

function runRow(run: ReplayedRun): RowOf<'runs'> {
  const { run: file } = run.folder;
  const threads = threadRows(run);
  const damaged = segmentRows(run).some((segment) => segment.damaged > 0);
  const { calls, tasks } = run.sinks;
  const lost = sum(threads.map((thread) => thread.events_lost));
  return {
    id: file.id,
    ts: file.startedAt,
    ended_at: file.endedAt ?? null,
    duration_ms: file.endedAt === undefined ? null : file.endedAt - file.startedAt,
    env: JSON.stringify({ node: file.node, platform: file.platform, intellimap: file.intellimap }),
    branch: file.git?.branch ?? null,
    commit: file.git?.commit ?? null,
    dirty: file.git?.dirty ?? null,
    flags: JSON.stringify({
      tier: file.tier,
      include: file.include,
      exclude: file.exclude,
      ...(file.sample && { sample: file.sample }),
      ...(file.resources === false && { resources: false }),
      ...(file.values && { values: strategies(file.values) }),
      ...(file.scenario && { scenario: file.scenario }),
      ...(file.plan?.notFollowed && { notFollowed: file.plan.notFollowed }),
      ...(file.plan?.foretold && { foretold: { ...file.plan.foretold, budget: file.plan.budget } }),
    }),
    command: JSON.stringify(file.command),
    cwd: file.cwd,
    root: file.root,
    tier: file.tier,
    exit_code: file.exitCode ?? null,
    signal: file.signal ?? null,
    complete:
      !damaged &&
      lost === 0 &&
      run.folder.unrecorded === 0 &&
      file.endedAt !== undefined &&
      // Files were instrumented, and nobody told what became of them.
      (threads.length > 0 || !allLines(run).some((line) => line.t === 'load')) &&
      threads.every((thread) => thread.ended && thread.gaps === 0),
    processes_unrecorded: run.folder.unrecorded,
    certain_until_us: least(threads.map((thread) => thread.certain_until_us)),
    events: sum(threads.map((thread) => thread.events)),
    events_timed: sum(run.threads.map(({ result }) => result.replay.timedEvents + result.leftOut.timed)),
    events_lost: lost,
    orphans: sum(threads.map((thread) => thread.orphans)),
    calls_total: sum(threads.map((thread) => thread.calls)),
    calls_kept: calls.size,
    calls_min_us: calls.min,
    calls_rule: calls.rule,
    tasks_total: tasks.total,
    tasks_kept: tasks.rows().length,
    event_cost_ns: file.cost?.eventNs ?? null,
    timed_event_cost_ns: file.cost?.timedEventNs ?? null,
    loaded_state: run.state,
    labels: JSON.stringify(labelsOf(file.labels)),
    imported: file.imported === undefined ? null : JSON.stringify(file.imported),
  };
}

function threadRows({ folder, threads }: ReplayedRun): RowOf<'threads'>[] {
  const { id, startedMicros } = folder.run;
  const numbers = new Map(threads.map(({ result }) => [`${result.pid}-${result.tid}`, result.number]));
  return threads.map(({ result }) => {
    const { replay, header } = result;
    const end = orNull(result.lastMicros);
    const timed = !Number.isNaN(replay.clock.last);
    const certain = timed
      ? replay.gaps === 0 && result.ended
        ? replay.clock.last
        : replay.certainUntil
      : NaN;
    return {
      run_id: id,
      thread_id: result.number,
      pid: result.pid,
      tid: result.tid,
      name: header?.name ?? null,
      facts: header === null ? null : JSON.stringify(header),
      start_us:
        header === null ? orNull(replay.clock.first - startedMicros) : header.startMicros - startedMicros,
      end_us: end === null ? null : end - startedMicros,
      ended: result.ended,
      events: Math.max(replay.events, result.eventsTotal) + result.leftOut.events,
      events_lost: result.lost,
      words_let_go: result.letGo,
      tasks_left_out: result.leftOut.tasks,
      tasks_partly: result.leftOut.partly,
      words_left_out: result.leftOut.words,
      events_left_out: result.leftOut.events,
      orphans: replay.orphans,
      calls: replay.callsBegun,
      calls_open: replay.callsOpen,
      edgeless_calls: result.edgeless,
      values_us: result.valueCounts[1] ?? 0,
      gaps: replay.gaps,
      certain_until_us: orNull(certain - startedMicros),
      stalled_us: Math.max(replay.stalled, result.stalled),
      ...browserFacts(result, numbers),
    };
  });
}

/** Threads that ran no instrumented code, and that V8 measured. */
function otherThreadRows({ folder, measured }: ReplayedRun): RowOf<'threads'>[] {
  const { id, startedMicros } = folder.run;
  return measured.others.map(({ number, folder: { pid, tid, name, startMicros, hasEnded } }) => ({
    run_id: id,
    thread_id: number,
    pid,
    tid,
    name,
    facts: null,
    start_us: startMicros - startedMicros,
    end_us: null,
    ended: hasEnded,
    ...EMPTY_THREAD,
    kind: tid === 0 ? 'main' : 'worker',
  }));
}

function segmentRows({ folder, threads }: ReplayedRun): RowOf<'segments'>[] {
  return threads.flatMap(({ result }) =>
    result.segments.map(({ name, bytes, frames, damaged, certainUntil }) => ({
      run_id: folder.run.id,
      thread_id: result.number,
      name,
      bytes,
      frames,
      damaged,
      certain_until_us: orNull(certainUntil - folder.run.startedMicros),
    })),
  );
}

function frameRows({ folder, threads }: ReplayedRun): RowOf<'frames'>[] {
  const { id, startedMicros } = folder.run;
  return threads.flatMap(({ result }) =>
    result.frames.map(({ segment, at, bytes, firstWord, words, firstCall, calls, from, to }) => ({
      run_id: id,
      thread_id: result.number,
      segment,
      at_byte: at,
      bytes,
      first_word: firstWord,
      words,
      first_call: firstCall,
      calls,
      from_us: orNull(from - startedMicros),
      to_us: orNull(to - startedMicros),
    })),
  );
}

const allLines = ({ folder }: ReplayedRun): ModuleLine[] => [...folder.modules.values()].flat();

function skippedRows(run: ReplayedRun): RowOf<'skipped_files'>[] {
  const reasons = new Map<string, string>();
  for (const line of allLines(run)) if (line.t === 'skip') reasons.set(line.path, line.reason);
  return [...reasons].map(([path, reason]) => ({ run_id: run.folder.run.id, path, reason }));
}

function moduleRows(run: ReplayedRun): RowOf<'modules'>[] {
  const { program, sinks, folder } = run;
  const ms = new Map<string, number>();
  const skipped = new Set<string>();
  for (const line of allLines(run)) {
    if (line.t === 'load') ms.set(line.path, (ms.get(line.path) ?? 0) + line.ms);
    else if (line.t === 'skip') skipped.add(line.path);
  }
  const counts = new Map<string, { functions: number; hit: number }>();
  for (const { no, path, site } of program.functions) {
    const count = counts.get(path) ?? { functions: 0, hit: 0 };
    counts.set(path, count);
    if (site.kind === 'module') continue;
    count.functions++;
    if (sinks.aggregates.of(no, NODE.HITS) > 0) count.hit++;
  }
  const instrumented = [...program.files.values()].map((table) => ({
    run_id: folder.run.id,
    path: table.path,
    loaded: ms.has(table.path),
    instrumented: true,
    functions: counts.get(table.path)?.functions ?? 0,
    functions_hit: counts.get(table.path)?.hit ?? 0,
    lines: table.lines,
    content_hash: table.contentHash,
    ms: ms.get(table.path) ?? 0,
  }));
  const plain = [...skipped].filter((path) => !program.files.has(path));
  return [
    ...instrumented,
    ...plain.map((path) => ({
      run_id: folder.run.id,
      path,
      loaded: true,
      instrumented: false,
      functions: null,
      functions_hit: null,
      lines: null,
      content_hash: null,
      ms: null,
    })),
  ];
}

async function writeCalls(connection: DuckDBConnection, { folder, sinks }: ReplayedRun): Promise<void> {
  const { calls } = sinks;
  const { startedMicros } = folder.run;
  await appendColumns(connection, 'calls', calls.size, {
    run_id: { constant: folder.run.id },
    thread_id: { at: (row) => calls.thread[row] },
    call_id: { at: (row) => calls.id[row] },
    parent_call_id: { at: (row) => calls.parent[row] },
    task_id: { at: (row) => sinks.tasks.idOf(calls.thread[row], calls.task[row]) },
    function_id: { at: (row) => calls.fn[row] },
    start_us: { at: (row) => calls.start[row] - startedMicros },
    end_us: { at: (row) => calls.end[row] - startedMicros },
    self_us: { at: (row) => calls.self[row] },
    wait_us: { at: (row) => calls.wait[row] },
    outcome: { at: (row) => OUTCOMES[calls.outcome(row)] },
    uncertainty_us: { at: (row) => calls.uncertainty[row] },
    stalled_us: { at: (row) => calls.stalled[row] },
  });
}
