import { expect, test } from 'vitest';
import { answers } from './ask.ts';
import { hear, live } from './live.ts';

const keys = {
  latest: ['summary', {}],
  ended: ['summary', { run: 'a' }],
  goesOn: ['summary', { run: 'b' }],
  list: ['workspace', {}],
};

test('when runs come or end, all but what was said of a run that had ended is asked again', () => {
  for (const key of Object.values(keys)) answers.setQueryData(key, 'answer');
  hear({ kind: 'live', runs: [{ run: 'b', command: [], startedAt: 0, counters: null }] });
  expect(live.getState().runs.map(({ run }) => run)).toEqual(['b']);
  hear({ kind: 'runs' });
  const old = Object.entries(keys).filter(([, key]) => answers.getQueryState(key)?.isInvalidated);
  expect(old.map(([name]) => name)).toEqual(['latest', 'goesOn', 'list']);
});
