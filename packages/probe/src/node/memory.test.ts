import { expect, test } from 'vitest';
import { memoryLimits } from './memory.ts';

const GIB = 2 ** 30;

test('a process in a container may have nine tenths of it; the recorder a quarter of what there is', () => {
  expect(memoryLimits(GIB, 16 * GIB)).toEqual({ process: 921, own: GIB / 4 });
  expect(memoryLimits(undefined, 16 * GIB)).toEqual({ process: undefined, own: 4 * GIB });
});
