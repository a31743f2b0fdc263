import { expect, test } from 'vitest';
import type { ValuesWanted } from '../../base/recording.ts';
import { namePattern, patternsOf } from '../globs.ts';
import { valuesIn } from './values-of.ts';

const pattern = (glob: string, name?: string) => ({
  pattern: glob,
  files: patternsOf([glob]),
  name: name === undefined ? null : namePattern(name),
});
const wanted = (full: ReturnType<typeof pattern>[], state: ReturnType<typeof pattern>[]): ValuesWanted => ({
  full_trace: full,
  state_only: state,
  budget: { calls: 0, rate: 0, bytes: 0, share: 0 },
  redact: [],
});

test('nothing is wanted of any file', () => expect(valuesIn(undefined)('src/a.ts')).toBeUndefined());

test('functions of the files that match; all of them where no name is given', () => {
  const of = valuesIn(wanted([pattern('src/**'), pattern('lib/a.js', 'total')], [pattern('lib/**')]));
  expect(of('src/a.ts')).toEqual({ full: [''], state: [] });
  expect(of('lib/a.js')).toEqual({ full: ['^(?:.*[. ])?total$'], state: [''] });
  expect(of('test/a.ts')).toBeUndefined();
});
