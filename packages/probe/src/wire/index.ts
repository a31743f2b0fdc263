/** The format that every producer and reader shares: words, rings, segments. FORMATS.md describes the bytes. */
export * from './words.ts';
export * from './turns.ts';
export * from './control.ts';
export * from './ring.ts';
export * from './edges.ts';
export * from './registry.ts';
export * from './stack.ts';
export * from './segment.ts';
export * from './read.ts';
export * from './recent.ts';
export * from './batch.ts';
export * from './batch-read.ts';
export * from './sample-queue.ts';
export * from './vitals.ts';
