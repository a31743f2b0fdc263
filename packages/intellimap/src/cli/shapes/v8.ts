/** What V8 measured, as `v8 --json` tells it. */
import { count, integer, list, number, object, oneOf, orNull, type Shape, text } from '../../base/shape.ts';
import type {
  CoveredBlock,
  CoveredFile,
  CoveredFunction,
  CpuProfileAnswer,
  GrownConstructor,
  MeasuredFacts,
  SampledFunction,
} from '../../query/index.ts';
import type { V8Answer, WarmUp } from '../commands/v8.ts';

export const measuredFacts: Shape<MeasuredFacts> = object<MeasuredFacts>({
  what: oneOf(['cpu', 'coverage', 'heap']),
  threads: count(),
  whole: count('Threads of which it reaches to the end.'),
  ended: list(
    object<MeasuredFacts['ended'][number]>({ reason: text(), threads: count() }),
    'Why it ended early, or never began.',
  ),
  count: count('CPU samples, functions that were counted, snapshots.'),
});

export const sampledFunction: Shape<SampledFunction> = object<SampledFunction>({
  id: orNull(text('functions.ast_node_id'), 'no function of an instrumented file'),
  name: text(),
  path: orNull(text(), 'V8, or native code'),
  line: orNull(integer('From 1.'), 'not known'),
  self: count('Samples with it on top of the stack.'),
  total: count('Samples with it anywhere in the stack.'),
  selfMs: number('ms'),
  totalMs: number('ms'),
});

export const coveredFunction: Shape<CoveredFunction> = object<CoveredFunction>({
  id: orNull(text('functions.ast_node_id'), 'its file was not instrumented'),
  name: orNull(text(), 'not known'),
  path: text(),
  line: integer('From 1.'),
  count: count('Calls.'),
  blocks: list(
    object<CoveredBlock>({
      line: integer('From 1.'),
      column: orNull(integer('UTF-16 units from 0.'), 'whole lines'),
      endLine: integer(),
      endColumn: orNull(integer('Exclusive.'), 'whole lines'),
      count: count('Passes.'),
    }),
    'Blocks in it that were passed more or less often, in the order of the source.',
  ),
});

const grown = object<GrownConstructor>({
  threadId: integer(),
  constructor: text(),
  path: orNull(text('File of the class.'), 'not known'),
  id: orNull(text('functions.ast_node_id of its constructor'), 'not known'),
  line: orNull(integer('From 1.'), 'not known'),
  objectsBefore: count('In the first snapshot of the thread.'),
  objects: count('In the last.'),
  selfBytesBefore: count(),
  selfBytes: count(),
  retainedBytesBefore: count('What would have been freed with them.'),
  retainedBytes: count(),
  heldBy: orNull(text('A shortest path from a root to one of them.'), 'none was found'),
});

const cpu = object<CpuProfileAnswer>({
  samples: count('While the program did something.'),
  busyMs: number('ms'),
  idleMs: number('ms'),
  collectingMs: number('ms'),
  ownMs: number('What IntelliMap did in the threads, ms.'),
  nativeMs: number('V8, and native code without a function, ms.'),
  intervalUs: orNull(number('µs between two samples that was asked for.'), 'not known'),
  functions: list(sampledFunction),
});

const warmUp = object<WarmUp>({
  steadyFromUs: orNull(number('µs since the run began.'), 'no steady state was found'),
  samplesBefore: count('Samples of the busiest thread before it.'),
  why: orNull(text('Why none was found.'), 'one was found'),
});

const file = object<CoveredFile>({
  path: text(),
  functions: count(),
  called: count('Those that were called.'),
});

export const coveredFunctions: Shape<CoveredFunction[]> = list(
  coveredFunction,
  'In the order of the source.',
);

export const v8Answer: Shape<V8Answer> = object<V8Answer>({
  measured: list(measuredFacts),
  cpu: orNull(cpu, 'no samples were taken'),
  warmUp: orNull(warmUp, 'no samples were taken'),
  coverage: orNull(
    list(file, 'Those with most functions that were never called first.'),
    'nothing was counted',
  ),
  heap: orNull(list(grown, 'Those that hold most more first.'), 'there are no snapshots'),
});
