/** Events of the program's own: notes → rows. Recordings are not to be trusted: a field may hold anything. Pure. */
import type { Note } from '@intellimap/probe/wire';
import { isRecord } from '../base/is-record.ts';
import type { RowOf } from '../schema/index.ts';
import { orNull } from './or-null.ts';
import type { ReplayedRun } from './replay-run.ts';
import type { Asker } from './replay/resources.ts';
import { numberOf, textOf } from './thread-notes.ts';

/** Of a thread; a probe tells as many. */
const MAX_EVENTS = 100_000;
const MAX_NAME = 200;
const MAX_VALUES = 32_768;

interface EventNote {
  n: number;
  name: string;
  /** µs of the machine's clock. */
  at: number;
  /** JSON */
  values: string;
  /** `call` is NaN, and the others 0, as long as nobody knows. */
  asker: Asker;
}

export class EventNotes {
  readonly kept: EventNote[] = [];
  /** So many were told of. */
  private all = 0;

  /** @param ask fills in who told it, now or when its word comes */
  take(note: Note & Record<string, unknown>, ask: (id: number, asker: Asker) => void): void {
    const n = numberOf(note['n']);
    if (!Number.isSafeInteger(n)) return;
    this.all = Math.max(this.all, n);
    const [id, at, name, values] = [
      numberOf(note['id']),
      numberOf(note['micros']),
      textOf(note['name']),
      note['values'],
    ];
    if (!Number.isSafeInteger(id) || !Number.isFinite(at) || name === '' || this.kept.length >= MAX_EVENTS)
      return;
    const text = JSON.stringify(isRecord(values) ? values : {});
    const event: EventNote = {
      n,
      name: name.slice(0, MAX_NAME),
      at,
      values: text.length > MAX_VALUES ? '{}' : text,
      asker: { call: NaN, fn: 0, task: 0 },
    };
    this.kept.push(event);
    ask(id, event.asker);
  }

  get letGo(): number {
    return Math.max(0, this.all - this.kept.length);
  }
}

export function eventRows({ folder, threads, program, sinks }: ReplayedRun): RowOf<'custom_events'>[] {
  const { id: run_id, startedMicros } = folder.run;
  return threads.flatMap(({ result: { number, events } }) =>
    events.kept.map(({ n, name, at, values, asker: { call, fn, task } }) => ({
      run_id,
      thread_id: number,
      event_id: n,
      name,
      at_us: at - startedMicros,
      values,
      function: program.functions[fn - 1]?.site.id ?? null,
      call_id: orNull(call),
      task_id: task === 0 ? null : sinks.tasks.idOf(number, task),
    })),
  );
}

/** One for each thread that has let some go. */
export const eventsLetGo = ({ folder, threads }: ReplayedRun): RowOf<'custom_events_let_go'>[] =>
  threads
    .map(({ result: { number, events } }) => ({
      run_id: folder.run.id,
      thread_id: number,
      count: events.letGo,
    }))
    .filter(({ count }) => count > 0);
