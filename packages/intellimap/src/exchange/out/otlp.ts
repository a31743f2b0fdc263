/**
 * OpenTelemetry: OTLP as JSON lines, each a whole request with up to 500 spans of one process. A task is a trace: its root span, below it the calls.
 * Ids are made of run, thread and number, so that two exports of a run have the same. Runs that were imported as spans are told as those.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, names of attributes by the semantic conventions 1.33 (`code.*` stable).
 */
import { basename } from 'node:path';
import { groupedBy } from '../../base/groups.ts';
import { recordIn } from '../../base/is-record.ts';
import {
  type CallRow,
  type ErrorRow,
  errorRows,
  type TaskRow,
  taskRows,
  type ThreadFacts,
} from '../../query/index.ts';
import { SpanIds, traceId } from './otlp-ids.ts';
import { keyValues } from './otlp-values.ts';
import { spanLines } from './otlp-spans.ts';
import { absolutePath, nameOf } from './places.ts';
import { byThread, type Source, threadOf } from './source.ts';

/** Spans of a line. */
const LINE_SPANS = 500;
const INTERNAL = 1;
const SERVER = 2;
const ERROR = 2;

export async function* otlp(source: Source, exporter: string): AsyncGenerator<string> {
  yield* recordedSpans(source, exporter);
  yield* spanLines(source);
}

/** Without spans that others told. */
export async function* recordedSpans(source: Source, exporter: string): AsyncGenerator<string> {
  const scope = { name: 'intellimap', version: exporter.replace(/^\D*/, '') };
  const tasks = groupedBy(await taskRows(source.session), (row) => row.thread_id);
  const errors = groupedBy(await errorRows(source.session), (row) => `${row.thread_id} ${row.task_id}`);
  let thread = -1;
  let spans: ThreadSpans | undefined;
  for await (const { rows, ...at } of byThread(source.calls())) {
    if (at.thread !== thread) {
      thread = at.thread;
      spans = new ThreadSpans(source, threadOf(source, thread), tasks.get(thread) ?? [], errors);
    }
    const all = rows.flatMap((row) => spans!.of(row));
    for (let from = 0; from < all.length; from += LINE_SPANS)
      yield requestLine(resourceOf(source, spans!.facts), scope, all.slice(from, from + LINE_SPANS));
  }
  for (const { thread_id: thread, ...error } of source.isPart ? [] : [...errors.values()].flat()) {
    const facts = threadOf(source, thread);
    const lone = new ThreadSpans(source, facts, [], errors).lone({ thread_id: thread, ...error });
    yield requestLine(resourceOf(source, facts), scope, [lone]);
  }
}

const requestLine = (resource: object, scope: object, spans: object[]): string =>
  `${JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] })}\n`;

function resourceOf({ run, missing }: Source, facts: ThreadFacts): object {
  return {
    attributes: keyValues({
      'service.name': basename(run.root) || 'unknown_service',
      ...(facts.agent === null ? processOf(run.env, facts) : { 'user_agent.original': facts.agent }),
      ...(run.commit !== null && { 'vcs.ref.head.revision': run.commit }),
      'intellimap.run': run.id,
      ...(missing !== null && { 'intellimap.missing': missing }),
    }),
  };
}

function processOf(env: string, { pid }: ThreadFacts): Record<string, string | number> {
  const { node } = recordIn(env) ?? {};
  return {
    'process.pid': pid,
    'process.runtime.name': 'nodejs',
    ...(typeof node === 'string' && { 'process.runtime.version': node.replace(/^v/, '') }),
  };
}

/** Spans of the calls of a thread; that of a task comes with its first call. */
class ThreadSpans {
  readonly facts: ThreadFacts;
  readonly #source: Source;
  /** By thread and task; those that a span tells are taken out. */
  readonly #errors: Map<string, ErrorRow[]>;
  readonly #tasks: Map<number, TaskRow>;
  readonly #begunTasks = new Set<number>();
  /** Calls that have a span. */
  readonly #written = new Set<number>();
  readonly #began: bigint;
  readonly #calls: SpanIds;
  readonly #taskIds: SpanIds;
  /** Ids of traces, by task. */
  readonly #traces = new Map<number, string>();

  constructor(source: Source, facts: ThreadFacts, tasks: TaskRow[], errors: Map<string, ErrorRow[]>) {
    this.#source = source;
    this.facts = facts;
    this.#errors = errors;
    this.#tasks = new Map(tasks.map((task) => [task.task_id, task]));
    this.#began = BigInt(source.run.ts) * 1_000_000n;
    this.#calls = new SpanIds(source.run.id, facts.thread, 'call');
    this.#taskIds = new SpanIds(source.run.id, facts.thread, 'task');
  }

  of(row: CallRow): object[] {
    const begun = this.#begunTasks.has(row.task) ? [] : this.#task(row.task, row);
    this.#written.add(row.call);
    return [...begun, this.#call(row)];
  }

  #call(row: CallRow): object {
    const place = this.#source.functions[row.fn];
    const { run } = this.#source;
    const parent =
      row.parent !== null && this.#written.has(row.parent)
        ? this.#calls.of(row.parent)
        : this.#taskIds.of(row.task);
    return {
      traceId: this.#traceOf(row.task),
      spanId: this.#calls.of(row.call),
      parentSpanId: parent,
      name: nameOf(place),
      kind: INTERNAL,
      ...this.#times(row.start, row.end ?? this.facts.endUs ?? row.start),
      attributes: keyValues({
        ...(place !== undefined && {
          'code.function.name': place.name,
          'code.file.path': absolutePath(run.root, place.path),
          'code.line.number': place.line,
          'intellimap.node_id': place.id,
        }),
        'intellimap.self_us': Math.round(row.self),
        ...(row.wait > 0 && { 'intellimap.wait_us': Math.round(row.wait) }),
        ...(row.outcome !== 'returned' && { 'intellimap.outcome': row.outcome }),
      }),
      ...(row.outcome === 'threw' && { status: { code: ERROR } }),
    };
  }

  /** The root of a trace. A task whose row was left out begins with its first call, and is as long. */
  #task(number: number, first: CallRow): object[] {
    this.#begunTasks.add(number);
    const task = this.#tasks.get(number);
    const key = `${this.facts.thread} ${number}`;
    const events = (this.#errors.get(key) ?? []).map((error) => this.#event(error, first.start));
    this.#errors.delete(key);
    return [
      {
        traceId: this.#traceOf(number),
        spanId: this.#taskIds.of(number),
        name: task === undefined ? `task ${number}` : `${task.kind} ${task.name}`,
        kind: task?.kind === 'request' ? SERVER : INTERNAL,
        ...this.#times(task?.start_us ?? first.start, task?.end_us ?? first.end ?? first.start),
        attributes: keyValues({
          ...this.#threadAttributes(),
          'intellimap.task': number,
          ...(task !== undefined && {
            'intellimap.task.kind': task.kind,
            'intellimap.task.calls': task.calls,
          }),
        }),
        ...(events.length > 0 && { events, status: { code: ERROR } }),
      },
    ];
  }

  /** An error of no task that has a call: a trace of its own. */
  lone(error: ErrorRow): object {
    const at = error.first_us ?? 0;
    const key = `error ${error.name} ${error.message} ${error.path} ${error.line} ${error.column}`;
    return {
      traceId: traceId(this.#source.run.id, this.facts.thread, key),
      spanId: new SpanIds(this.#source.run.id, this.facts.thread, key).of(0),
      name: `error ${error.name}`,
      kind: INTERNAL,
      ...this.#times(at, at),
      attributes: keyValues(this.#threadAttributes()),
      events: [this.#event(error, at)],
      status: { code: ERROR },
    };
  }

  #event({ name, message, stack, first_us: at, count, kind }: ErrorRow, first: number): object {
    return {
      timeUnixNano: this.#nanos(at ?? first),
      name: 'exception',
      attributes: keyValues({
        'exception.type': name,
        'exception.message': message,
        'exception.stacktrace': stack,
        'intellimap.error.kind': kind,
        'intellimap.error.count': count,
      }),
    };
  }

  #traceOf(task: number): string {
    let id = this.#traces.get(task);
    if (id === undefined)
      this.#traces.set(task, (id = traceId(this.#source.run.id, this.facts.thread, task)));
    return id;
  }

  #threadAttributes(): Record<string, string | number> {
    const { tid, name } = this.facts;
    return { 'thread.id': tid, ...(name !== null && { 'thread.name': name }) };
  }

  #times(start: number, end: number): { startTimeUnixNano: string; endTimeUnixNano: string } {
    return { startTimeUnixNano: this.#nanos(start), endTimeUnixNano: this.#nanos(Math.max(start, end)) };
  }

  #nanos(us: number): string {
    return String(this.#began + BigInt(Math.round(us * 1000)));
  }
}
