import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallRow } from '../query/index.ts';
import { type FrameFacts, Timeline } from './timeline.ts';

/** Small letters are plain functions, capital ones async, `*` generators; letter → number. */
const isFrame = (fn: number): FrameFacts => {
  const letter = String.fromCodePoint(fn);
  return { isAsync: letter >= 'A' && letter <= 'Z', isGenerator: letter === '*' };
};

/** `a 0-50`, `A 0-50 self 10 wait 20`, indented by caller; `a 0-` is open. */
function rowsOf(picture: string): CallRow[] {
  const callers: number[] = [];
  return picture
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, call) => {
      const [, indent, name, start, end, self, wait] =
        /^( *)(\S) (\d+)-(\d*)(?: self (\d+))?(?: wait (\d+))?$/.exec(line)!;
      const depth = indent.length / 2 - 1;
      callers[depth] = call;
      return {
        thread: 1,
        call,
        parent: depth === 0 ? null : callers[depth - 1],
        task: 1,
        fn: name.codePointAt(0)!,
        start: Number(start),
        end: end === '' ? null : Number(end),
        self: Number(self ?? 0),
        wait: Number(wait ?? 0),
        outcome: end === '' ? 'open' : 'returned',
      };
    });
}

interface Slice {
  call: number;
  fn: number;
  from: number;
  to: number;
  depth: number;
  resumed: boolean;
  /** Calls below it on the stack, the outermost first. */
  below: number[];
}

function slicesOf(rows: CallRow[], end: number): Slice[] {
  const open: Slice[] = [];
  const slices: Slice[] = [];
  let now = -Infinity;
  const timeline = new Timeline(
    {
      open({ call, fn }, at, resumed) {
        expect(at).toBeGreaterThanOrEqual(now);
        now = at;
        const slice = {
          call,
          fn,
          from: at,
          to: NaN,
          depth: open.length,
          resumed,
          below: open.map(({ call }) => call),
        };
        open.push(slice);
        slices.push(slice);
      },
      close({ call }, at) {
        expect(at).toBeGreaterThanOrEqual(now);
        now = at;
        const slice = open.pop()!;
        expect(slice.call).toBe(call);
        slice.to = at;
      },
    },
    isFrame,
  );
  for (const row of rows) timeline.add(row);
  timeline.finish(end);
  expect(open).toEqual([]);
  return slices;
}

const drawn = (picture: string, end = 1000): string[] =>
  slicesOf(rowsOf(picture), end).map(
    ({ fn, from, to, depth, resumed }) =>
      `${'  '.repeat(depth)}${String.fromCodePoint(fn)}${resumed ? '…' : ''} ${from}-${to}`,
  );

describe('times give way to who called whom', () => {
  test('what is right stays', () => {
    const picture = `
  a 0-90
    b 10-40
      c 20-30
    d 50-60
  e 95-99`;
    expect(drawn(picture)).toEqual(['a 0-90', '  b 10-40', '    c 20-30', '  d 50-60', 'e 95-99']);
  });
  test('a call that seems to outlive its caller, or to begin before its brother ended', () => {
    expect(
      drawn(`
  a 0-50
    b 10-40
    c 35-70
  d 60-80`),
    ).toEqual(['a 0-60', '  b 10-35', '  c 35-60', 'd 60-80']);
  });
  test('calls of no length, one in the other', () => {
    expect(
      drawn(`
  a 5-5
    b 5-5
    c 5-5
  d 5-5`),
    ).toEqual(['a 5-5', '  b 5-5', '  c 5-5', 'd 5-5']);
  });
  test('an open call is closed when another root begins, or the thread ends', () => {
    expect(
      drawn(
        `
  a 0-
    b 10-
  c 20-`,
        77,
      ),
    ).toEqual(['a 0-20', '  b 10-20', 'c 20-77']);
  });
});

describe('calls that wait', () => {
  test('have a first part, and one for what they call later', () => {
    expect(
      drawn(`
  a 0-30
    A 10-100 self 8 wait 70
      b 12-14
  c 40-50
  A 60-61`),
    ).toEqual(['a 0-30', '  A 10-20', '    b 12-14', 'c 40-50', 'A 60-61']);
    const rows = rowsOf(`
  a 0-30
    A 10-100 self 8 wait 70
  c 40-50
  d 60-65
  e 66-67`);
    rows[3].parent = 1;
    rows[4].parent = 1;
    expect(
      slicesOf(rows, 200).map(({ fn, from, to, depth, resumed }) => [
        String.fromCodePoint(fn),
        from,
        to,
        depth,
        resumed,
      ]),
    ).toEqual([
      ['a', 0, 30, 0, false],
      ['A', 10, 18, 1, false],
      ['c', 40, 50, 0, false],
      ['A', 60, 67, 0, true],
      ['d', 60, 65, 1, false],
      ['e', 66, 67, 1, false],
    ]);
  });
  test('whose next call begins when they cannot have been busy any more have waited before it', () => {
    expect(
      drawn(`
  A 10-100 self 8 wait 70
    b 12-14
    c 60-65`),
    ).toEqual(['A 10-20', '  b 12-14', 'A… 60-65', '  c 60-65']);
  });
  test('a generator goes on within whoever asked it', () => {
    const rows = rowsOf(`
  a 0-100
    * 10-90 self 5 wait 60
    b 40-80
  c 50-60`);
    rows[3].parent = 1;
    expect(
      slicesOf(rows, 200).map(({ fn, depth, resumed }) => [String.fromCodePoint(fn), depth, resumed]),
    ).toEqual([
      ['a', 0, false],
      ['*', 1, false],
      ['b', 1, false],
      ['*', 2, true],
      ['c', 3, false],
    ]);
  });
});

test('a call whose caller has no row lies in what its time is within', () => {
  const rows = rowsOf(`
  a 0-100
  b 20-30
  c 40-120`);
  rows[1].parent = 900;
  rows[2].parent = 901;
  expect(slicesOf(rows, 200).map(({ fn, depth }) => [String.fromCodePoint(fn), depth])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 0],
  ]);
});

test('whatever rows say: it nests, time goes forward, each call is there once, and below its caller where that is open', () => {
  const row = fc.record({
    fn: fc.constantFrom('a', 'b', 'A', 'B', '*'),
    start: fc.integer({ min: 0, max: 200 }),
    length: fc.option(fc.integer({ min: 0, max: 100 })),
    caller: fc.option(fc.integer({ min: 1, max: 5 })),
    wait: fc.integer({ min: 0, max: 20 }),
    self: fc.integer({ min: 0, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (facts) => {
      const rows = facts.map(({ fn, start, length, caller, wait, self }, call): CallRow => ({
        thread: 1,
        call,
        parent: caller === null ? null : call - caller,
        task: 1,
        fn: fn.codePointAt(0)!,
        start,
        end: length === null ? null : start + length,
        self,
        wait,
        outcome: 'returned',
      }));
      const slices = slicesOf(rows, 300);
      expect(slices.filter(({ resumed }) => !resumed).map(({ call }) => call)).toEqual(
        rows.map(({ call }) => call),
      );
      for (const { from, to, call, below, resumed } of slices) {
        expect(to).toBeGreaterThanOrEqual(from);
        const { parent } = rows[call];
        if (!resumed && parent !== null && below.includes(parent)) expect(below.at(-1)).toBe(parent);
      }
    }),
  );
});
