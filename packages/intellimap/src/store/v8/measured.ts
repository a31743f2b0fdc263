/** What V8 measured in a run → rows, thread by thread. A part that is missing or damaged costs what it held. I/O: the run folder. */
import { join } from 'node:path';
import { sum } from '../../base/numbers.ts';
import type { ModuleLine, SiteTable } from '../../base/recording.ts';
import type { RowOf } from '../../schema/index.ts';
import { CoverageSum, type CoveragePart } from './coverage-rows.ts';
import { cpuNodeRows, type SampleColumns, sampleColumns } from './cpu-rows.ts';
import { type MeasuredFolder, measuredFolders, movedTexts, partsOf, readJson } from './folder.ts';
import { heapRows } from './heap-rows.ts';
import { HeapGraph } from './heap-graph.ts';
import { readHeapFile } from './heap-file.ts';
import { type HeapSummary, heapSummary } from './heap-summary.ts';
import { CallTree, type CpuProfile } from './profile.ts';
import { isOwnScript, ProcessTexts } from './scripts.ts';

/** Samples that have a row, of a run. */
const MOST_SAMPLES = 10_000_000;

export interface MeasuredRun {
  cpuNodes: RowOf<'cpu_nodes'>[];
  cpuSamples: SampleColumns[];
  coverage: RowOf<'coverage'>[];
  heap: RowOf<'heap_constructors'>[];
  measured: RowOf<'v8_measured'>[];
  /** Threads that nothing else was recorded of. */
  others: { number: number; folder: MeasuredFolder }[];
}

export interface MeasuredInput {
  run: string;
  root: string;
  runDir: string;
  /** µs of the machine's clock. */
  started: number;
  /** Module lines by process, and site tables by key. */
  modules: ReadonlyMap<number, ModuleLine[]>;
  tables: ReadonlyMap<string, SiteTable>;
  /** Threads that were recorded, in the order of their numbers. */
  threads: readonly { pid: number; tid: number }[];
}

export function measuredRun(input: MeasuredInput): MeasuredRun {
  const { run, runDir, threads } = input;
  const rows: MeasuredRun = {
    cpuNodes: [],
    cpuSamples: [],
    coverage: [],
    heap: [],
    measured: [],
    others: [],
  };
  const folders = measuredFolders(runDir);
  if (folders.length === 0) return rows;
  const textsOf = processTexts(input);
  const coverage = new CoverageSum();
  for (const folder of folders) {
    let thread = threads.findIndex(({ pid, tid }) => pid === folder.pid && tid === folder.tid) + 1;
    if (thread === 0) {
      thread = threads.length + rows.others.length + 1;
      rows.others.push({ number: thread, folder });
    }
    const texts = textsOf(folder.pid);
    const measured = { ...input, folder, thread, texts };
    addProfile(rows, measured);
    for (const part of partsOf<CoveragePart>(folder, /^coverage-\d+\.json$/)) coverage.add(part, texts);
    addHeap(rows, measured);
    rows.measured.push(...measuredRows(measured));
  }
  rows.coverage = coverage.rows(run);
  return rows;
}

function processTexts({ runDir, modules, tables }: MeasuredInput): (pid: number) => ProcessTexts {
  const texts = movedTexts(runDir);
  const known = new Map<number, ProcessTexts>();
  return (pid) => {
    const found = known.get(pid) ?? new ProcessTexts(modules.get(pid) ?? [], texts, tables);
    known.set(pid, found);
    return found;
  };
}

/** One thread. */
interface MeasuredThread extends MeasuredInput {
  folder: MeasuredFolder;
  thread: number;
  texts: ProcessTexts;
}

function addProfile(rows: MeasuredRun, { run, root, started, folder, thread, texts }: MeasuredThread): void {
  const tree = new CallTree(isOwnScript);
  let room = MOST_SAMPLES - sum(rows.cpuSamples.map(({ count }) => count));
  for (const part of partsOf<CpuProfile>(folder, /^profile-\d+\.cpuprofile$/))
    if (!tree.add(part, room)) room = 0;
  if (tree.nodes.length === 0) return;
  for (const row of cpuNodeRows({ run, root, thread, tree, texts })) rows.cpuNodes.push(row);
  rows.cpuSamples.push(sampleColumns(thread, tree, started));
}

function addHeap(rows: MeasuredRun, { run, root, started, folder, thread, texts }: MeasuredThread): void {
  for (const [index, taken] of (folder.heap?.taken ?? []).entries()) {
    const snapshot = index + 1;
    const summary = summaryOf(folder.folder, snapshot);
    if (summary === undefined) continue;
    rows.heap.push(...heapRows({ run, root, thread, snapshot, at: taken - started, summary, texts }));
  }
}

/** It is counted when the run has ended; here only if the recorder was killed before. */
function summaryOf(folder: string, snapshot: number): HeapSummary | undefined {
  const counted = readJson(join(folder, `heap-${snapshot}.json`)) as HeapSummary | undefined;
  if (counted !== undefined) return counted;
  try {
    return summaryOfFile(join(folder, `heap-${snapshot}.heapsnapshot`));
  } catch {
    return undefined;
  }
}

/** @throws when it cannot be read, or is no snapshot */
export const summaryOfFile = (file: string): HeapSummary => heapSummary(new HeapGraph(readHeapFile(file)));

function measuredRows({ run, started, folder, thread }: MeasuredThread): RowOf<'v8_measured'>[] {
  return (['cpu', 'coverage', 'heap'] as const).flatMap((what) => {
    const measured = folder[what];
    if (measured === undefined) return [];
    const { from, until, ended } = measured;
    return [
      {
        run_id: run,
        thread_id: thread,
        what,
        from_us: from - started,
        until_us: until === undefined ? null : until - started,
        interval_us: what === 'cpu' ? (folder.interval ?? null) : null,
        whole: folder.hasEnded && ended === undefined,
        ended: ended ?? null,
      },
    ];
  });
}
