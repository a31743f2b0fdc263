import { expect, test } from 'vitest';
import { PageDrain } from './drain.ts';
import { newRing } from './ring.ts';

test('notes that nobody takes are counted, not kept', () => {
  const drain = new PageDrain(newRing());
  for (let id = 0; id < 10_003; id++) drain.note({ t: 'resource', id });
  const { notes } = drain.take();
  expect(notes).toHaveLength(10_001);
  expect(notes.at(-1)).toEqual({ t: 'notes lost', count: 3 });
  drain.note({ t: 'resource', id: 1 });
  expect(drain.take().notes).toEqual([{ t: 'resource', id: 1 }]);
});
