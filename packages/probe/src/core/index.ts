/** Rings, recording and error signatures, without any host API. */
export * from './record.ts';
export * from './errors.ts';
export { idleProbes } from './idle.ts';
