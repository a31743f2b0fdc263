import { expect, test } from 'vitest';
import type { AnalysisAnswer } from '../../analyses/index.ts';
import { atAGlance } from './render.ts';
import { type FindingsLayout, foundText, restText, verdictText } from './findings.ts';

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };
const layout: FindingsLayout = { paint, columns: 80, rows: 10, findings: 3, explain: false };

const finding = (text: string, confidence = 'certain', path: string | null = null) =>
  ({
    finding: { id: text, confidence, place: path === null ? null : { path, line: 7 }, evidence: [] },
    text,
  }) as AnalysisAnswer['findings'][number];

const answer = (facts: Partial<AnalysisAnswer>): AnalysisAnswer => ({
  name: 'drift',
  title: 'Drift',
  holds: 'yes',
  why: null,
  summary: 'two things changed',
  findings: [],
  statements: ['SELECT 1\nFROM runs'],
  ...facts,
});

test('an analysis nobody has heard of: title, verdict, the weightiest findings', () => {
  const findings = [
    finding(
      'checkout calls tax four times as often as it did in the run before this one, which costs it 12 ms',
      'certain',
      'src/checkout.ts',
    ),
    finding('src/cart.ts:7 is new', 'certain', 'src/cart.ts'),
    finding('a \u001B[31mtext\nof a program'),
    finding('more'),
  ];
  expect(`\n${foundText(answer({ findings }), layout)}\n`).toBe(`
Drift  (3 of 4)
  two things changed
  · checkout calls tax four times as often as it did in the run before this
    one, which costs it 12 ms (src/checkout.ts:7)
  · src/cart.ts:7 is new
  · a \\u001b[31mtext of a program
`);
});

test('how sure it is, when not all of it is certain', () => {
  const findings = [finding('a never runs', 'certain'), finding('b never runs', 'possible')];
  expect(`\n${foundText(answer({ findings }), { ...layout, explain: true })}\n`).toBe(`
Drift
  two things changed
  certain  a never runs
  possible b never runs
  asked with (intellimap query "…")
    SELECT 1
    FROM runs;
`);
});

test('figures stand in columns', () => {
  const edge = { src: 'src/a.ts', line: 1, specifier: './b.ts', dst: null, kind: 'import', names: [] };
  const findings = [{ ...finding('unused'), finding: { ...finding('unused').finding, edge } }];
  expect(
    foundText(answer({ name: 'never-used-imports', findings }), layout)
      .split('\n')
      .at(-1),
  ).toBe('  ./b.ts  src/a.ts:1');
});

test('what found nothing, cannot tell, or failed', () => {
  const answers = [
    answer({}),
    answer({ title: 'Errors', holds: 'no' }),
    answer({ title: 'Dead code', holds: 'no' }),
    answer({
      title: 'Flags',
      holds: 'unknown',
      why: 'no values were recorded; record with --values, and name the functions that read flags',
    }),
    answer({ title: 'Hot paths', holds: 'failed', why: 'no such column' }),
  ];
  expect(`\n${restText(answers, layout).join('\n')}\n`).toBe(`
nothing found: Errors, Dead code
not known: Flags: no values were recorded; record with --values, and name the
  functions that read flags
failed: Hot paths: no such column
`);
  expect(verdictText(answers)).toBe('1 of 5 analyses found something, 1 cannot tell, 1 failed');
});

test('many verdicts are told at a glance first, a line each', () => {
  const found = ['Errors', 'Hot call chains', 'Drift'].map((title) => answer({ title }));
  expect(atAGlance(found, layout)).toEqual([]);
  const long = answer({ title: 'Flags', summary: 'a verdict that is longer than what there is room for' });
  expect(`\n${atAGlance([...found, long], { ...layout, columns: 50 })[0]}\n`).toBe(`
At a glance
  Errors           two things changed
  Hot call chains  two things changed
  Drift            two things changed
  Flags            a verdict that is longer than…
`);
});
