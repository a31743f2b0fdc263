/** Columns of a thread that recorded nothing: it ran no instrumented code, or comes from an import. */
import type { RowOf } from './tables.ts';

export const EMPTY_THREAD = {
  events: 0,
  events_lost: 0,
  words_let_go: 0,
  tasks_left_out: 0,
  tasks_partly: 0,
  words_left_out: 0,
  events_left_out: 0,
  orphans: 0,
  calls: 0,
  calls_open: 0,
  edgeless_calls: 0,
  values_us: 0,
  gaps: 0,
  certain_until_us: null,
  stalled_us: 0,
  url: null,
  agent: null,
  clock_shift_us: null,
  clock_unsure_us: null,
  parent_thread: null,
} satisfies Partial<RowOf<'threads'>>;
