import { expect, test } from 'vitest';
import { wantsBuild } from './options.ts';
import { originTest } from './origins.ts';

test.each([
  [{}, {}, false, false],
  [{ build: true }, {}, false, true],
  [{}, { INTELLIMAP: '1' }, false, true],
  [{}, { INTELLIMAP: '0' }, false, false],
  [{}, {}, true, true],
  [{ build: false }, { INTELLIMAP: '1' }, true, false],
])(
  'a bundle for production, %o %o, under intellimap run: %s → %s',
  (options, environment, isRecorded, wanted) => {
    expect(wantsBuild(options, environment, isRecorded)).toBe(wanted);
  },
);

const vite = { origin: /^https?:\/\/(?:(?:[^:]+\.)?localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/ };

test.each([
  [undefined, 'http://localhost:3000', false],
  [false, 'http://localhost:3000', false],
  [true, 'https://evil.example', true],
  [vite, 'http://localhost:3000', true],
  [vite, 'https://evil.example', false],
  [{ origin: 'https://shop.example' }, 'https://shop.example', true],
  [{ origin: ['https://shop.example', /\.test$/g] }, 'https://a.test', true],
  [{ origin: () => {} }, 'https://a.test', false],
])('CORS %o lets %s in: %s', (cors, origin, isIn) => {
  const may = originTest(cors);
  expect([may(origin), may(origin)]).toEqual([isIn, isIn]);
});
