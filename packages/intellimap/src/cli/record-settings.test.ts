import { expect, test } from 'vitest';
import { checkSettings, SECTIONS, type Settings } from '../base/settings/index.ts';
import { mergeRecord } from './record-settings.ts';

/** What becomes of options, below a configuration. */
function merged(record: object, given: Parameters<typeof mergeRecord>[0]) {
  const { settings, said, problems } = checkSettings({ record }, SECTIONS);
  expect(problems).toEqual([]);
  return mergeRecord(given, (settings as unknown as Settings).record, said);
}

test.each([
  [{}, {}, {}],
  [{ budget: 5, keepSlower: 'p99', flight: 8 }, {}, { budget: '5', 'keep-slower': 'p99', flight: '8' }],
  [{ budget: 5 }, { budget: '7' }, { budget: '7' }],
  [{ budget: 5 }, { budget: 'none' }, {}],
  [{}, { tier: 'none', budget: 'none' }, { tier: 'none' }],
  [{ include: ['a/**'], exclude: ['b/**'] }, { include: ['c/**'] }, { include: ['c/**'], exclude: ['b/**'] }],
  [{ redact: ['till'] }, { redact: ['pin'] }, { redact: ['till', 'pin'] }],
  [{ gc: true, links: false, summary: false }, {}, { gc: true, 'no-links': true, 'no-summary': true }],
  [{ gc: true, links: false, summary: false }, { 'no-gc': true, links: true, summary: true }, {}],
  [{ resources: false }, {}, { 'no-resources': true }],
  [{ resources: false }, { resources: true }, {}],
  [{ gc: false, links: true, include: [], budget: null }, {}, {}],
])('%j and the command line %j', (record, given, values) => {
  expect(merged(record, given)).toEqual({ values, leftOut: [] });
});

test('what the command line has no use for is left out, and told', () => {
  const record = { values: ['**'], sample: 0.5, exclude: ['x'] };
  expect(merged(record, { tier: 'minimal' })).toEqual({
    values: { tier: 'minimal', exclude: ['x'] },
    leftOut: ['values', 'sample'],
  });
  expect(merged({ flight: 8, keepSlower: 9 }, { flight: 'none' })).toEqual({
    values: {},
    leftOut: ['keepSlower'],
  });
  expect(merged({ sample: 'auto' }, { 'no-links': true }).leftOut).toEqual(['sample']);
});
