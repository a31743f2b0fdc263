import { expect, test } from 'vitest';
import { createDrain } from './drain.ts';
import { createRing } from './ring.ts';

test('notes that nobody takes are counted, not kept', () => {
  const drain = createDrain(
    createRing(0, () => {}),
    0,
  );
  for (let id = 0; id < 10_003; id++) drain.note({ t: 'resource', id });
  const { notes } = drain.take();
  expect(notes).toHaveLength(10_001);
  expect(notes.at(-1)).toEqual({ t: 'notes lost', count: 3 });
  drain.note({ t: 'resource', id: 1 });
  expect(drain.take().notes).toEqual([{ t: 'resource', id: 1 }]);
});

test('counts are told once, of sites of the build and of modules that began', () => {
  const ring = createRing(0, () => {});
  const drain = createDrain(ring, 3);
  for (const site of [2, 2, 3, 7]) ring.hits[site]++;
  expect(drain.take().counts).toEqual([2, 2, 3, 1]);
  drain.module(5, 3);
  drain.module(5, 3);
  expect(drain.take()).toMatchObject({ counts: [7, 1], modules: [5] });
  expect(drain.take()).toMatchObject({ counts: undefined, modules: undefined });
});
