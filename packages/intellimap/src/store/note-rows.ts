/** What notes of the threads say → rows: gates that were set, costs, rates of sampling, keeps. */
import type { RowOf } from '../schema/index.ts';
import type { ReplayedRun } from './replay-run.ts';
import { orNull } from './or-null.ts';

export function gateRows({ folder, threads }: ReplayedRun): RowOf<'gate_changes'>[] {
  return threads.flatMap(({ result }) =>
    result.gates.map(({ micros, gate, functions, reason }) => ({
      run_id: folder.run.id,
      thread_id: result.number,
      at_us: orNull(micros - folder.run.startedMicros),
      gate,
      functions,
      reason,
    })),
  );
}

export function costRows({ folder, threads }: ReplayedRun): RowOf<'costs'>[] {
  return threads.flatMap(({ result }) =>
    result.costs.map(
      ({ micros, cpu, own, main, budget, counted, percent, rss, memory, held, stalled, turns }) => ({
        run_id: folder.run.id,
        thread_id: result.number,
        at_us: orNull(micros - folder.run.startedMicros),
        cpu_ms: orNull(cpu / 1000),
        own_ms: orNull(own / 1000),
        main_ms: orNull(main / 1000),
        budget_percent: orNull(budget),
        counted: orNull(counted),
        percent: orNull(percent),
        rss: orNull(rss),
        recorder_memory: orNull(memory),
        held_ms: orNull(held / 1000),
        stalled_ms: orNull(stalled / 1000),
        turns: orNull(turns),
      }),
    ),
  );
}

export function rateRows({ folder, threads }: ReplayedRun): RowOf<'rate_changes'>[] {
  return threads.flatMap(({ result }) =>
    result.rates.map(({ micros, rate, reason }) => ({
      run_id: folder.run.id,
      thread_id: result.number,
      at_us: orNull(micros - folder.run.startedMicros),
      rate: orNull(rate),
      reason,
    })),
  );
}

export function keepRows({ folder, threads }: ReplayedRun): RowOf<'keeps'>[] {
  return threads.flatMap(({ result }) =>
    result.keeps.map(({ micros, reason }) => ({
      run_id: folder.run.id,
      thread_id: result.number,
      at_us: orNull(micros - folder.run.startedMicros),
      reason,
    })),
  );
}
