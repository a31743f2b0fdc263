/** CLOCK_MONOTONIC in µs: one clock for all threads and processes of a machine. Taken before programs can fake timers. */
import { performance } from 'node:perf_hooks';

const { floor } = Math;

const now = performance.now.bind(performance);
const bigint = process.hrtime.bigint.bind(process.hrtime);

/** µs that lie between the start of this thread's `performance.now()` and that of the machine's clock. */
const offset = Number(bigint()) / 1000 - now() * 1000;

/** Whole µs. */
export const micros = (): number => floor(now() * 1000 + offset);
/** Low 32 bits of `micros`, signed as ring words are. */
export const microsLow = (): number => (now() * 1000 + offset) | 0;
/** Milliseconds for patience; not wall clock. */
export const millis = now;
