import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  ageOf,
  checkSettings,
  configurationMarkdown,
  DEFAULTS,
  type Section,
  SECTIONS,
  sizeOf,
} from './index.ts';

const sections: [string, Section][] = Object.entries(SECTIONS);

describe('every setting is documented, and its default allowed', () => {
  test.each(sections)('%s', (name, section) => {
    for (const [key, setting] of Object.entries(section)) {
      expect(setting.doc, `${name}.${key}`).toMatch(/^\S.{15,}\.$/s);
      // Shares of something else, and threads, are their own unit.
      if (setting.type === 'number' && !/^threads$|Ratio$/.test(key))
        expect(setting.unit, `${name}.${key} has a unit`).toBeTruthy();
    }
  });
  test('as somebody might write it', () => {
    expect(checkSettings(DEFAULTS, SECTIONS).problems).toEqual([]);
  });
});

test('what is said holds, the rest is as by default', () => {
  const { settings, said } = checkSettings({ report: { rows: 3 }, query: undefined }, SECTIONS);
  expect(settings).toEqual({ ...DEFAULTS, report: { ...DEFAULTS.report, rows: 3 } });
  expect([...said]).toEqual(['report.rows']);
});

test('whatever a value is, it can be shown', () => {
  const circle: object[] = [];
  circle.push(circle);
  const { problems } = checkSettings(
    { report: { rows: circle, findings: [1n], skip: Symbol('x') } },
    SECTIONS,
  );
  expect(problems.map((problem) => problem.split(';')[0])).toEqual([
    'report.rows is an object',
    'report.findings is an object',
    'report.skip is symbol',
  ]);
});

test.each([
  ['30d', 30 * 86_400_000],
  ['1.5h', 5_400_000],
  ['2w', 14 * 86_400_000],
  ['90m', 5_400_000],
  ['30', undefined],
  ['-1d', undefined],
  ['d', undefined],
])('age %s', (text, ms) => expect(ageOf(text)).toBe(ms));

test.each([
  ['2G', 2 ** 31],
  ['500M', 500 * 2 ** 20],
  ['1.5 GiB', 1.5 * 2 ** 30],
  ['10kb', 10 * 1024],
  ['4096', 4096],
  ['2X', undefined],
  ['', undefined],
])('size %s', (text, bytes) => expect(sizeOf(text)).toBe(bytes));

test('docs/configuration.md is up to date', () => {
  const file = new URL('../../../../../docs/configuration.md', import.meta.url);
  const there = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : 'no such file';
  expect(
    there,
    'docs/configuration.md does not say what base/settings says; write it anew: npm run docs',
  ).toBe(configurationMarkdown(SECTIONS));
});
