/**
 * Heap snapshots of a thread, `heap-1.heapsnapshot` and so on, as V8 writes them to disk. They are read when the program has ended: that takes longer, and
 * more memory, than the program may have. V8 collects garbage first, and the event loop stands still meanwhile.
 */
import type { V8Files } from './v8-files.ts';

// Taken now: programs delete globals.
const { process } = globalThis;

/** Of larger heaps no snapshot is taken: V8 takes some 80 ms for each MiB, and as much memory again. */
const MAX_HEAP_BYTES = 2 ** 28;
/** Bytes on disk for each in the heap, at most. */
const FILE_SHARE = 4;

/** Says why there is none, if so. @throws what cannot be written */
export function takeSnapshot(files: V8Files, number: number): string | undefined {
  const v8 = process.getBuiltinModule('node:v8');
  const { used_heap_size: used } = v8.getHeapStatistics();
  if (used > MAX_HEAP_BYTES)
    return `the heap holds ${Math.round(used / 2 ** 20)} MiB, more than ${MAX_HEAP_BYTES / 2 ** 20} MiB`;
  if (!files.hasRoomFor(FILE_SHARE * used)) return 'there is too little room on the disk';
  files.make(`heap-${number}.heapsnapshot`, (draft) => void v8.writeHeapSnapshot(draft));
  return undefined;
}
