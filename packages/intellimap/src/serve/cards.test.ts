import { expect, test } from 'vitest';
import type { AnalysisAnswer } from '../analyses/index.ts';
import { CARDS, driftCard } from './cards.ts';

const answer = (facts: Partial<AnalysisAnswer>, findings: object[] = []): AnalysisAnswer => ({
  name: 'x', title: 'X', holds: findings.length > 0 ? 'yes' : 'no', why: null, summary: null, statements: [],
  findings: findings.map((finding) => ({ finding, text: '' })) as AnalysisAnswer['findings'],
  ...facts,
}); // prettier-ignore
const cardOf = (report: string, given: AnalysisAnswer) =>
  CARDS.find((each) => each.report === report)!.of(given);
const rows = (report: string, findings: object[]): string[] => {
  const { figure, rows: found } = cardOf(report, answer({}, findings));
  return [figure ?? '', ...found.map(({ left, right }) => `${left}: ${right}`)];
};
const at = { place: { path: 'src/a.ts', line: 3 }, confidence: 'likely' };

test('flags: shares of values, one value, none', () => {
  const flag = (name: string, values: [string, number][], leadsTo: object[] = []) => ({
    ...at,
    flag: { name, values: values.map(([value, reads]) => ({ value, reads })) },
    uses: [{ sides: [{ leadsTo }] }],
  });
  const all = [flag('coupons', [['true', 7], ['false', 93]]), flag('tax', [['false', 9]]), flag('pdf', [], [{ only: true, calls: 0 }])]; // prettier-ignore
  expect(rows('flag-coverage', all)).toEqual(['1 / 3', 'coupons: true 7 % · false 93 %', 'tax: always false', 'pdf: a side never ran']); // prettier-ignore
  const others = [flag('a', []), flag('b', [['1', 0], ['2', 0]])]; // prettier-ignore
  expect(rows('flag-coverage', others)).toEqual([
    '1 / 2',
    'a: no value recorded',
    'b: 2 values, in other runs',
  ]);
});

test('broken features are told by file, those that were hardly meant first', () => {
  const broken = (module: string | null, count: number, confidence: string, newAfter = 0) => ({
    ...at, confidence, module, count, failure: { newAfter }, silent: null,
  }); // prettier-ignore
  const all = [broken('b.ts', 1, 'possible'), broken('b.ts', 90, 'possible'), broken('a.ts', 2, 'certain', 3), broken(null, 1, 'possible')]; // prettier-ignore
  expect(rows('broken-features', all)).toEqual([
    '3',
    'a.ts: 2 errors · new',
    'b.ts: 91 errors',
    'outside of the recorded files: 1 error',
  ]);
  expect(cardOf('broken-features', answer({}, all))).toMatchObject({ tone: 'bad', rows: [{ moment: { path: 'a.ts' } }, {}, { moment: null }] }); // prettier-ignore
});

test('dead code is told by file', () => {
  const dead = (path: string, count: number) => ({ ...at, path, functions: Array.from({ length: count }) });
  expect(rows('dead-code', [dead('a.ts', 1), dead('b.ts', 2), dead('a.ts', 4)])).toEqual([
    '7 fns',
    'a.ts: 5 fns never ran',
    'b.ts: 2 fns never ran',
  ]);
});

test('what found nothing, or cannot tell, says so', () => {
  expect(cardOf('dead-code', answer({ holds: 'no' }))).toMatchObject({ figure: '0', tone: 'good', note: 'all functions ran' }); // prettier-ignore
  for (const holds of ['unknown', 'failed'] as const)
    expect(cardOf('dead-code', answer({ holds, why: 'nobody looked' }))).toMatchObject({ figure: null, note: 'not known: nobody looked' }); // prettier-ignore
  expect(driftCard(null).note).toContain('no earlier complete run');
});
