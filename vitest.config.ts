import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const ALL = 'packages/**/src/**/*.test.{ts,tsx}';
const SCRIPTS = 'scripts/*.test.mjs';
/** Areas that compute: their tests leave nothing behind in a process, open no database and start no thread. */
const PURE = ['intellimap/src/{base,gates,graph,layout,schema}', 'probe/src/wire', 'ui/src'].map(
  (area) => `packages/${area}/**/*.test.{ts,tsx}`,
);
const NONE = ['**/node_modules/**', '**/fixtures/**'];

/** Unit tests run from source: no build stands between an edit and its test. */
export default defineConfig({
  resolve: {
    alias: {
      '@intellimap/probe/wire': fileURLToPath(new URL('packages/probe/src/wire/index.ts', import.meta.url)),
    },
  },
  test: {
    projects: [
      // To start a process takes longer than such a file.
      { extends: true, test: { name: 'pure', include: PURE, exclude: NONE, isolate: false } },
      // A process per file: tests start worker threads and load native code, which threads do not keep apart.
      { extends: true, test: { name: 'rest', include: [ALL, SCRIPTS], exclude: [...NONE, ...PURE] } },
    ],
    pool: 'forks',
    // One for each processor: much of a test is waiting for the processes that it starts. The default leaves one processor idle.
    maxWorkers: '100%',
    // Nothing is timed here, and machines are busy at times.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    watch: false,
    passWithNoTests: true,
  },
});
