import { afterEach, beforeAll, expect, test } from 'vitest';
import { Kind, OPERANDS, STALL, decodeEvents, type Part } from '../wire/index.ts';
import { TestRun, build } from './fixtures/child.ts';

beforeAll(build, 120_000);
let run: TestRun;
afterEach(() => run.remove());

const CALLS = 15_000_000;
const program = `
  const many = (n) => { for (let i = 0; i < n; i++) { $imE((i & 1023) << 4 | 1); $imL((i & 1023) << 4 | 2); } };
  for (let i = 0; i < 100; i++) many(${CALLS / 100});
  probe.flush();`;

test('thirty million words through a small ring: none is lost when the program may wait', () => {
  run = new TestRun({ INTELLIMAP_CHUNK_WORDS: String(1 << 16) });
  expect(run.run(program)).toEqual({ status: 0, stdout: '', stderr: '' });
  const main = run.main();
  expect(main).toMatchObject({ calls: CALLS, lost: 0, ended: true });
  expect(main.parts.filter(({ type }) => type === 'damaged')).toEqual([]);
  // What was waited for is told: that it begins, and how long it took.
  const { begins, micros } = stallsOf(main.parts);
  expect(begins).toBeGreaterThan(1);
  expect(micros).toBeGreaterThan(0);
  const [stalled] = main.parts.flatMap((part) => (part.type === 'end' ? [part.totals.stalled ?? NaN] : []));
  expect(stalled).toBeGreaterThanOrEqual(micros);
}, 60_000);

test('when it may not wait, what is missing is counted', () => {
  run = new TestRun({ INTELLIMAP_CHUNK_WORDS: String(1 << 16), INTELLIMAP_POLICY: 'drop' });
  expect(run.run(program)).toEqual({ status: 0, stdout: '', stderr: '' });
  const { parts, lost, ended } = run.main();
  let words = 0;
  let gaps = 0;
  let stalls = 0;
  for (const part of parts) {
    if (part.type === 'end') ({ words } = part.totals);
    if (part.type === 'events')
      decodeEvents(part.frame, (all, count) => {
        gaps += eventsIn(all, count, (word) => (word & 15) === Kind.LOST);
        stalls += eventsIn(all, count, (word) => word === STALL);
      });
  }
  expect(lost).toBeGreaterThan(0);
  expect(gaps).toBeGreaterThan(0);
  expect(ended).toBe(true);
  // On top of the program's own: LOST with its operand, and at the end the time, and that it was waited for.
  expect(words + lost).toBe(2 * CALLS + 2 * gaps + 3 + 3 * stalls);
}, 60_000);

function stallsOf(parts: Part[]): { begins: number; micros: number } {
  const stalls = { begins: 0, micros: 0 };
  for (const part of parts) {
    if (part.type !== 'events') continue;
    decodeEvents(part.frame, (words, count) => {
      for (let at = 0; at < count; at += 1 + OPERANDS[words[at] & 15]) {
        if (words[at] !== STALL) continue;
        stalls.micros += words[at + 1];
        if (words[at + 1] === 0) stalls.begins++;
      }
    });
  }
  return stalls;
}

function eventsIn(words: Int32Array, count: number, is: (word: number) => boolean): number {
  let events = 0;
  for (let at = 0; at < count; at += 1 + OPERANDS[words[at] & 15]) if (is(words[at])) events++;
  return events;
}
