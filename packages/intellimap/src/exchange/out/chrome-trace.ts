/**
 * Chrome's trace event format, which Perfetto reads as well. Times are µs since the run began.
 *
 *   B … E   a call on the stack of its thread; of an async call its first part, and what was called from it later
 *   b … e   an async call that waited, from its beginning to its end; a task
 *   s → f   who scheduled a callback (the table `links`)
 *   i       an error, where it was first seen
 *   M       names of processes and threads
 *
 * B and E come in order, so that events of the same time nest as they stand. E needs no name, but some readers insist on it. https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
import {
  type CallRow,
  errorRows,
  linksOf,
  taskRows,
  type ThreadFacts,
  type ThreadLinks,
} from '../../query/index.ts';
import { Timeline, type TimelineSink } from '../timeline.ts';
import { eachThread, FrameTable, stacksOf, type StackSink } from './frames.ts';
import { commandText, micros, nameOf, placeText } from './places.ts';
import { byThread, type Source, threadOf } from './source.ts';

export async function* chromeTrace(source: Source, exporter: string): AsyncGenerator<string> {
  const { run, threads } = source;
  const head = [
    ...processNames(source),
    ...threads.flatMap(threadNames),
    ...(await taskEvents(source)),
    ...(await errorEvents(source)),
  ];
  yield `{"traceEvents":[\n${head.map((event) => JSON.stringify(event)).join(',\n')}`;
  yield* stacksOf(source) === 'calls' ? callEvents(source) : sampleEvents(source);
  const otherData = {
    run: run.id,
    command: commandText(run.command),
    exporter,
    ...(source.missing !== null && { missing: source.missing }),
  };
  yield `\n],"displayTimeUnit":"ms","otherData":${JSON.stringify(otherData)}}\n`;
}

async function* callEvents(source: Source): AsyncGenerator<string> {
  const links = await linksOf(source.session);
  let thread = -1;
  let events: ThreadEvents | undefined;
  for await (const { rows, ...at } of byThread(source.calls())) {
    if (at.thread !== thread) {
      if (events !== undefined) yield events.finish();
      thread = at.thread;
      events = new ThreadEvents(source, threadOf(source, thread), links.get(thread));
    }
    for (const row of rows) events!.add(row);
    yield events!.take();
  }
  if (events !== undefined) yield events.finish();
}

/** Of CPU samples: what V8 saw on the stack, as if it had stayed there until the next look. */
async function* sampleEvents(source: Source): AsyncGenerator<string> {
  const table = new FrameTable();
  for await (const { thread, read } of eachThread(source, table)) {
    let lines: string[] = [];
    const where = `"pid":${thread.pid},"tid":${thread.tid}`;
    const sink: StackSink = {
      open(frame, at) {
        const place = table.frames[frame];
        lines.push(
          `,\n{"ph":"B","cat":"sample","ts":${micros(at)},${where},"name":${JSON.stringify(place.name)},"args":{"at":${JSON.stringify(placeText(place))}}}`,
        );
      },
      close: (frame, at) =>
        void lines.push(
          `,\n{"ph":"E","ts":${micros(at)},${where},"name":${JSON.stringify(table.frames[frame].name)}}`,
        ),
    };
    for await (const _ of read(sink)) {
      yield lines.join('');
      lines = [];
    }
    yield lines.join('');
  }
}

const processNames = ({ threads, run }: Source): object[] =>
  [...new Set(threads.map(({ pid }) => pid))].map((pid, index) => ({
    ph: 'M',
    name: 'process_name',
    pid,
    tid: 0,
    args: { name: pageOf(threads, pid) ?? (index === 0 ? commandText(run.command) : `process ${pid}`) },
  }));

/** `page /checkout`: main threads of processes are called `main`. */
function pageOf(threads: readonly ThreadFacts[], wanted: number): string | null {
  const name = threads.find(({ pid, tid }) => pid === wanted && tid === 0)?.name ?? null;
  return name === 'main' ? null : name;
}

const threadNames = ({ pid, tid, name }: ThreadFacts): object[] => [
  { ph: 'M', name: 'thread_name', pid, tid, args: { name: name ?? (tid === 0 ? 'main' : `thread ${tid}`) } },
  { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: tid } },
];

/** Whether a task, an error is in the part that is exported. */
const isWanted = (
  { filter }: Source,
  thread: number,
  task: number | null,
  from: number,
  to: number,
): boolean =>
  (filter.thread === null || filter.thread === thread) &&
  (filter.task === null || filter.task === task) &&
  (filter.fromUs === null || to >= filter.fromUs) &&
  (filter.toUs === null || from <= filter.toUs);

async function taskEvents(source: Source): Promise<object[]> {
  const tasks = await taskRows(source.session);
  return tasks.flatMap(
    ({ thread_id: thread, task_id: task, kind, name, start_us: start, end_us: end, calls, errors, open }) => {
      if (!isWanted(source, thread, task, start, end)) return [];
      const { pid, tid } = threadOf(source, thread);
      const shared = { cat: 'task', id: `task-${thread}.${task}`, pid, tid, name: `${kind} ${name}` };
      return [
        { ph: 'b', ts: micros(start), ...shared, args: { task, calls, errors, ...(open && { open }) } },
        { ph: 'e', ts: micros(end), ...shared },
      ];
    },
  );
}

async function errorEvents(source: Source): Promise<object[]> {
  const errors = await errorRows(source.session);
  return errors.flatMap((error) => {
    const { thread_id: thread, task_id: task, first_us: first } = error;
    if (first === null || !isWanted(source, thread, task, first, first)) return [];
    const { pid, tid } = threadOf(source, thread);
    const { name, message, count, kind, path, line, stack } = error;
    const args = { message, count, kind, at: placeText({ path, line }), stack };
    return [{ ph: 'i', cat: 'error', s: 't', ts: micros(first), pid, tid, name, args }];
  });
}

/** Events of the calls of a thread, as text. */
class ThreadEvents implements TimelineSink {
  readonly #source: Source;
  readonly #thread: ThreadFacts;
  readonly #timeline: Timeline;
  readonly #links: ThreadLinks;
  /** Links up to here begin with calls that were seen. */
  #link = 0;
  /** Call that was scheduled → number of its link, of links whose beginning was written. */
  readonly #awaited = new Map<number, number>();
  readonly #at: string;
  #lines: string[] = [];

  constructor(source: Source, thread: ThreadFacts, links: ThreadLinks = { from: [], to: [] }) {
    this.#source = source;
    this.#thread = thread;
    this.#links = links;
    this.#at = `"pid":${thread.pid},"tid":${thread.tid}`;
    this.#timeline = new Timeline(this, (fn) => source.functions[fn]);
  }

  add(row: CallRow): void {
    this.#timeline.add(row);
    if (row.wait > 0) this.#waited(row);
  }

  finish(): string {
    this.#timeline.finish(this.#thread.endUs ?? 0);
    return this.take();
  }

  take(): string {
    const text = this.#lines.map((line) => `,\n${line}`).join('');
    this.#lines = [];
    return text;
  }

  open(row: CallRow, at: number, resumed: boolean): void {
    const ts = micros(at);
    const place = this.#source.functions[row.fn];
    const outcome = row.outcome === 'returned' ? '' : `,"outcome":"${row.outcome}"`;
    const again = resumed ? ',"resumed":true' : '';
    const where = place === undefined ? '' : `,"at":${JSON.stringify(placeText(place))}`;
    this.#lines.push(
      `{"ph":"B","cat":"call","ts":${ts},${this.#at},"name":${this.#nameOf(row)},"args":{"call":${row.call},"task":${row.task}${where}${outcome}${again}}}`,
    );
    if (!resumed) this.#flows(row, ts);
  }

  close(row: CallRow, at: number): void {
    this.#lines.push(`{"ph":"E","ts":${micros(at)},${this.#at},"name":${this.#nameOf(row)}}`);
  }

  /** Arrows bind to the call that was opened last, so they stand right behind its beginning. */
  #flows({ call }: CallRow, ts: number): void {
    const { from, to } = this.#links;
    while (this.#link < from.length && from[this.#link] < call) this.#link++;
    for (; from[this.#link] === call; this.#link++) {
      this.#awaited.set(to[this.#link], this.#link);
      this.#lines.push(this.#flow('s', this.#link, ts, ''));
    }
    const link = this.#awaited.get(call);
    if (link === undefined) return;
    this.#awaited.delete(call);
    this.#lines.push(this.#flow('f', link, ts, ',"bp":"e"'));
  }

  #flow(phase: string, link: number, ts: number, binding: string): string {
    // Perfetto reads ids of arrows as hex digits. A run has fewer than 2^24 links.
    const id = `0x${(this.#thread.thread * 2 ** 24 + link).toString(16)}`;
    return `{"ph":"${phase}","cat":"link","name":"scheduled","id":"${id}","ts":${ts},${this.#at}${binding}}`;
  }

  #nameOf({ fn }: CallRow): string {
    return JSON.stringify(nameOf(this.#source.functions[fn]));
  }

  #waited(row: CallRow): void {
    const shared = `"cat":"async","id":"call-${row.thread}.${row.call}",${this.#at},"name":${this.#nameOf(row)}`;
    const end = Math.max(row.start, row.end ?? this.#thread.endUs ?? row.start);
    const args = `"args":{"call":${row.call},"task":${row.task},"self_us":${micros(row.self)},"wait_us":${micros(row.wait)}}`;
    this.#lines.push(
      `{"ph":"b","ts":${micros(row.start)},${shared},${args}}`,
      `{"ph":"e","ts":${micros(end)},${shared}}`,
    );
  }
}
