import { expect, test } from 'vitest';
import { latestOf } from './latest.ts';

const run = (id: string, imported: boolean): { id: string; imported: boolean } => ({ id, imported });

test('the latest run is the newest that was recorded; an import only where nothing was', () => {
  expect(latestOf([run('c', true), run('b', false), run('a', false)])?.id).toBe('b');
  expect(latestOf([run('c', true), run('b', true)])?.id).toBe('c');
});
