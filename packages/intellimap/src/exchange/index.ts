/** Formats of other tools: what runs are written in, and what imports are read from. */
export * from './out/index.ts';
export * from './in/index.ts';
