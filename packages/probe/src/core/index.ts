/** Rings, recording and error signatures, without any host API. */
export * from './record.ts';
export * from './errors.ts';
export * from './gates.ts';
export { idleProbes } from './idle.ts';
