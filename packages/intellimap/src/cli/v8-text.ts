/** What V8 measured, as text. Pure. */
import type {
  CoveredBlock,
  CoveredFile,
  CoveredFunction,
  CpuProfileAnswer,
  GrownConstructor,
  MeasuredFacts,
  SampledFunction,
} from '../query/index.ts';
import type { WarmUp } from './commands/v8.ts';
import { counted, grouped, oneLine, size, tail, time } from './format.ts';
import { table } from './table.ts';
import type { Paint } from './terminal.ts';

export interface V8Layout {
  paint: Paint;
  columns: number;
}

const COUNTED = { cpu: 'CPU sample', coverage: 'function', heap: 'heap snapshot' } as const;

/** `1,234 CPU samples in 3 threads, 1 of them cut off` */
export function measuredText(facts: readonly MeasuredFacts[], paint: Paint): string {
  return facts
    .map(({ what, threads, whole, ended, count }) => {
      const told = `${counted(count, COUNTED[what])}${what === 'coverage' ? ' counted' : ''} in ${counted(threads, 'thread')}`;
      const reasons = ended.map(({ reason }) => oneLine(reason, 200)).join(', ');
      const missing = threads - whole;
      if (missing === 0) return told;
      const why = reasons === '' ? 'killed, or not ended' : reasons;
      return `${told}, ${paint.yellow(`${missing} of them not to the end (${why})`)}`;
    })
    .join('; ');
}

export function cpuText(
  profile: CpuProfileAnswer,
  warmUp: WarmUp,
  rows: number,
  { paint, columns }: V8Layout,
): string {
  const { functions, samples, busyMs, idleMs, collectingMs, ownMs, nativeMs } = profile;
  const title = `${paint.bold('CPU')}  ${counted(samples, 'sample')} of ${time(busyMs)} at work, ${time(idleMs)} idle`;
  const beside = [
    collectingMs > 0 && `${time(collectingMs)} collecting garbage`,
    nativeMs > 0 && `${time(nativeMs)} in native code`,
    ownMs > 0 && `${time(ownMs)} in IntelliMap`,
  ].filter(Boolean);
  const list = functions
    .slice(0, rows)
    .map(({ name, path, line, selfMs, totalMs, self }) => [
      time(selfMs),
      `${((100 * selfMs) / busyMs).toFixed(1)} %`,
      time(totalMs),
      grouped(self),
      paint.cyan(oneLine(name, 22)),
      paint.dim(tail(placeText({ path, line }), Math.max(20, columns - 78))),
    ]);
  const head = ['self', '', 'total', 'samples', 'function', ''];
  return [
    title,
    ...(beside.length > 0 ? [`  ${beside.join(', ')}`] : []),
    `  ${warmUpText(warmUp, samples)}`,
    table(list, { head, right: [0, 1, 2, 3] }),
  ].join('\n');
}

function warmUpText({ steadyFromUs, samplesBefore, why }: WarmUp, samples: number): string {
  if (steadyFromUs === null) return `no steady state: ${why ?? ''}`;
  return `steady from ${time(steadyFromUs / 1000)} after the start: ${((100 * samplesBefore) / samples).toFixed(0)} % of the samples are warm-up`;
}

export function filesText(files: readonly CoveredFile[], rows: number, { paint, columns }: V8Layout): string {
  const [functions, called] = [
    files.reduce((sum, file) => sum + file.functions, 0),
    files.reduce((sum, file) => sum + file.called, 0),
  ];
  const list = files
    .slice(0, rows)
    .map((file) => [
      `${grouped(file.called)} of ${grouped(file.functions)}`,
      paint.dim(tail(file.path, Math.max(24, columns - 24))),
    ]);
  const more =
    files.length > rows ? [paint.dim(`  … and ${files.length - rows} more (--json lists all)`)] : [];
  return [
    `${paint.bold('Coverage')}  ${grouped(called)} of ${counted(functions, 'function')} called, in ${counted(files.length, 'file')}`,
    table(list, { right: [0] }),
    ...more,
  ].join('\n');
}

export const functionsText = (functions: readonly CoveredFunction[], { paint }: V8Layout): string =>
  table(
    functions.flatMap(({ name, line, count, blocks }) => [
      [
        count === 0 ? paint.yellow('0×') : `${grouped(count)}×`,
        `${line}`,
        paint.cyan(oneLine(name ?? '', 60)),
      ],
      ...blocks.map((block) => [
        block.count === 0 ? paint.yellow('0×') : `${grouped(block.count)}×`,
        '',
        paint.dim(`  ${blockPlace(block)}`),
      ]),
    ]),
    { right: [0, 1] },
  );

/** `12:4 to 14:3`; columns from 1, as editors count. */
export const blockPlace = ({ line, column, endLine, endColumn }: CoveredBlock): string =>
  `${line}:${(column ?? 0) + 1} to ${endLine}:${endColumn ?? ''}`;

export function heapText(grown: readonly GrownConstructor[], { paint, columns }: V8Layout): string {
  const list = grown.map((each) => [
    `${grouped(each.objectsBefore)} → ${grouped(each.objects)}`,
    signed(each.retainedBytes - each.retainedBytesBefore),
    paint.cyan(oneLine(each.constructor, 26)),
    paint.dim(tail(placeText(each), Math.max(20, columns - 70))),
  ]);
  return [
    `${paint.bold('Heap')}  from the load of the program to its end`,
    table(list, { head: ['objects', 'held', 'constructor', ''], right: [0, 1] }),
  ].join('\n');
}

const placeText = ({ path, line }: { path: string | null; line: number | null }): string =>
  `${path ?? ''}${line === null ? '' : `:${line}`}`;

const signed = (bytes: number): string => `${bytes < 0 ? '−' : '+'}${size(Math.abs(bytes))}`;

/** What V8 says of one function, a line each. */
export function functionText(
  cpu: SampledFunction | null,
  covered: CoveredFunction | null,
  { paint }: V8Layout,
): string[] {
  const lines: string[] = [];
  if (cpu !== null)
    lines.push(
      `  ${counted(cpu.self, 'CPU sample')} of its own (${time(cpu.selfMs)}), ${grouped(cpu.total)} with what it called (${time(cpu.totalMs)})`,
    );
  if (covered === null) return lines;
  const never = covered.blocks.filter(({ count }) => count === 0).map(blockPlace);
  const told = `V8 counted ${counted(covered.count, 'call')}`;
  const shown = never.slice(0, 5).join(', ');
  lines.push(
    covered.count > 0 && never.length > 0
      ? `  ${told}; ${paint.yellow('never passed')}: ${shown}${never.length > 5 ? ` and ${never.length - 5} more` : ''}`
      : `  ${told}`,
  );
  return lines;
}
