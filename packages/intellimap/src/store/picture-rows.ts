/** Pictures that a scenario took → rows. Recordings are not to be trusted: a field may hold anything. Pure. */
import type { Note } from '@intellimap/probe/wire';
import type { RowOf } from '../schema/index.ts';
import { orNull } from './or-null.ts';
import type { ReplayedRun } from './replay-run.ts';
import { numberOf, textOf } from './thread-notes.ts';

/** Times in µs of the machine's clock. */
export interface PictureNote {
  /** Task id; 0: none. */
  task: number;
  at: number;
  unsure: number;
  name: string;
  url: string;
  path: string;
}

/** Files lie nowhere else, whatever a note says. */
const PATH = /^pictures\/\d{1,9}\.png$/;

/** @param taskOf number that the note gives it → task id */
export function pictureOf(note: Note, taskOf: (declared: number) => number): PictureNote {
  const { task, micros, unsure, name, url, path } = note as Record<string, unknown>;
  const asked = numberOf(task);
  return {
    task: Number.isSafeInteger(asked) ? taskOf(asked) : 0,
    at: numberOf(micros),
    unsure: numberOf(unsure),
    name: textOf(name),
    url: textOf(url),
    path: textOf(path),
  };
}

export function pictureRows({ folder, threads, sinks }: ReplayedRun): RowOf<'pictures'>[] {
  const { id, startedMicros } = folder.run;
  return threads.flatMap(({ result: { number, pictures } }) =>
    pictures.flatMap(({ task, at, unsure, name, url, path }) =>
      PATH.test(path) && Number.isFinite(at)
        ? {
            run_id: id,
            thread_id: number,
            task_id: task === 0 ? null : sinks.tasks.idOf(number, task),
            at_us: at - startedMicros,
            unsure_us: orNull(unsure) ?? 0,
            name,
            url: url || null,
            path,
          }
        : [],
    ),
  );
}
