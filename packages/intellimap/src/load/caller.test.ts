import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { callerOf } from './caller.ts';

const here = fileURLToPath(import.meta.url);
const called = (): string | undefined => callerOf(called);

test('the file of the caller, however deep the program looks into its own stacks', () => {
  const { stackTraceLimit } = Error;
  for (const limit of [0, 1, stackTraceLimit]) {
    Error.stackTraceLimit = limit;
    expect(called()?.replace('file://', '')).toBe(here);
    expect(Error.stackTraceLimit).toBe(limit);
  }
});
