/**
 * Coverage that V8 measures: it tells offsets of the text that runs, which tools look up in the files. `node --test` fails when they lie
 * behind a file's end. While it is measured, files are left alone.
 */
import { mirrorArguments } from './mirror.ts';

const REASON = 'V8 measures coverage here, in places of the text that runs: it must be that of the file';

/** For the whole life of the process, said from outside. */
export const coverageOfProcess = (): string | undefined =>
  Boolean(process.env['NODE_V8_COVERAGE']) || process.execArgv.includes('--experimental-test-coverage')
    ? REASON
    : undefined;

const TAKEN = "the program uses V8's profiler itself";

/**
 * Test runners (vitest, jest) measure it by way of the inspector. V8 counts for one only, and whoever ends a session of its profiler ends that for all.
 * @param leave what IntelliMap itself measures ends. @returns why files are to be left alone just now, if so.
 */
export function watchCoverage(leave: (reason: string) => void): () => string | undefined {
  let isMeasured = false;
  const watch = (args: unknown[]): void => {
    if (args[0] === 'Profiler.enable') leave(TAKEN);
    if (args[0] === 'Profiler.startPreciseCoverage') isMeasured = true;
    if (args[0] === 'Profiler.stopPreciseCoverage') isMeasured = false;
  };
  try {
    const { prototype } = process.getBuiltinModule('node:inspector').Session;
    const post = Object.getOwnPropertyDescriptor(prototype, 'post')!;
    const value = mirrorArguments(post.value as (...args: never[]) => unknown, watch);
    Object.defineProperty(prototype, 'post', { ...post, value });
  } catch {
    // A Node without the inspector.
  }
  return () => (isMeasured ? REASON : undefined);
}
