import { expect, test } from 'vitest';
import { shiftedNote } from './shift.ts';

test('notes with a time, and what a browser measured, whose own times stay', () => {
  const shifted = (note: Record<string, unknown>) => shiftedNote({ t: 'x', ...note }, 1000);
  expect(shifted({ micros: 5 })).toEqual({ t: 'x', micros: 1005 });
  expect(shifted({ startTime: 5 })).toEqual({ t: 'x', startTime: 5 });
  expect(shifted({ t: 'entry', startTime: 1234.7, micros: 7 })).toEqual({
    t: 'entry',
    startTime: 1234.7,
    micros: 1_235_700,
  });
  // What was 0 is not told.
  expect(shifted({ t: 'entry' })).toEqual({ t: 'entry', micros: 1000 });
  expect(shifted({ t: 'entry', startTime: 'x' })).toEqual({ t: 'entry', startTime: 'x' });
});
