import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Unit tests run from source: no build stands between an edit and its test. */
export default defineConfig({
  resolve: {
    alias: {
      '@intellimap/probe/wire': fileURLToPath(new URL('packages/probe/src/wire/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['packages/**/src/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/fixtures/**'],
    // A process per file: tests start worker threads and load native code, which threads do not keep apart.
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
