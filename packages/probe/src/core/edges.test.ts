import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CONTROL_WORDS,
  clearEdges,
  Control,
  dataWords,
  EDGE_FIELDS,
  EDGE_SLOTS,
  Kind,
  MAX_COUNTED_SITES,
  MAX_EDGES,
  newEdgeTable,
  ROOMLESS,
  wordOf,
  type EdgeTable,
  type Ring,
} from '../wire/index.ts';
import { createEdgeRecorder } from './edges.ts';

const CHUNK = 1 << 16;
const GENERATOR = 'generator';

function probes(): { ring: Ring; edges: EdgeTable; p: ReturnType<typeof createEdgeRecorder> } {
  const edges = newEdgeTable();
  const ring = {
    data: new Int32Array(dataWords(CHUNK)),
    control: new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4)),
    hits: new Float64Array(MAX_COUNTED_SITES),
    gates: new Uint8Array(MAX_COUNTED_SITES),
    chunkWords: CHUNK,
    edges,
  };
  const host = {
    clock: () => 0,
    sign: () => 0,
    waitForSpace: () => false,
    waitForReader: () => {},
    isGenerator: (value: unknown) => value === GENERATOR,
  };
  return { ring, edges, p: createEdgeRecorder(ring, edges, host) };
}

/** `caller→callee calls`, in order of appearance. */
function told({ ring, edges: { table, list } }: { ring: Ring; edges: EdgeTable }): string[] {
  return Array.from({ length: ring.control[Control.EDGES] }, (_, edge) => {
    const [caller, callee, counter] = list.subarray(edge * EDGE_FIELDS);
    return `${caller}→${callee} ${table[counter]}`;
  });
}

const enter = (site: number): number => wordOf(Kind.ENTER, site);
const framed = (site: number): number => wordOf(Kind.FRAME_ENTER, site);
const SUSPEND = wordOf(Kind.SUSPEND, 99);
const RESUME = wordOf(Kind.RESUME, 99);
const BACK = wordOf(Kind.RESUME, 0);
const END = wordOf(Kind.FRAME_LEAVE, 99);

/** As the text does: a function whose body is in a try. */
function called<Made>(p: ReturnType<typeof probes>['p'], site: number, body: () => Made): Made {
  let token = p.e(enter(site));
  expect(token).not.toBe(0);
  try {
    const made = body();
    token &= -2;
    expect(token).not.toBe(0);
    return made;
  } finally {
    p.l(token);
  }
}

test('nested, repeated and recursive calls', () => {
  const all = probes();
  const { p } = all;
  const down = (depth: number): void => called(p, 3, () => depth > 0 && down(depth - 1)) as void;
  for (let round = 0; round < 2; round++)
    called(p, 1, () => {
      called(p, 2, () => p.a(enter(4)));
      p.a(enter(4));
      down(3);
    });
  p.a(enter(4));
  expect(told(all)).toEqual(['0→1 2', '1→2 2', '2→4 2', '1→4 2', '1→3 2', '3→3 6', '0→4 1']);
});

test('exceptions, through functions that tell of it and such that do not', () => {
  const all = probes();
  const { p } = all;
  const fails = (): never => {
    throw new Error('on purpose');
  };
  called(p, 1, () => {
    expect(() => called(p, 2, () => called(p, 3, fails))).toThrow();
    p.a(enter(4));
    // No `finally`: 5 and 6 are not taken off by anybody.
    called(p, 7, () => void [p.e(enter(5)), p.e(enter(6))]);
    p.a(enter(4));
    p.e(enter(5));
    p.c(wordOf(Kind.CAUGHT, 98), undefined, enter(1));
    p.a(enter(4));
    p.e(enter(5));
    // Behind a closed gate, the clause says nothing.
    p.c(wordOf(Kind.CAUGHT, 98), undefined, 0);
    p.a(enter(4));
  });
  p.e(enter(8));
  p.mark(wordOf(Kind.TIME, 1), 0);
  p.a(enter(4));
  expect(told(all)).toEqual([
    '0→1 1', '1→2 1', '2→3 1', '1→4 3', '1→7 1', '7→5 1', '5→6 1', '1→5 2', '5→4 1', '0→8 1', '0→4 1',
  ]); // prettier-ignore
});

test('async calls keep their place, whoever runs in between; who resumes them has not called them', () => {
  const all = probes();
  const { p } = all;
  const token = p.e(enter(1));
  const one = p.f(framed(2), 1);
  p.s(SUSPEND, one, undefined);
  const two = p.f(framed(3), 1);
  p.a(enter(5));
  p.m(SUSPEND, two);
  p.a(enter(5));
  p.l(token);
  p.r(RESUME, one, undefined);
  p.a(enter(6));
  p.m(BACK, one);
  p.a(enter(6));
  p.x(END, one);
  p.a(enter(5));
  p.m(RESUME, two);
  p.a(enter(6));
  p.s(SUSPEND, two, undefined);
  // It ends while it is suspended.
  p.x(END, two);
  p.a(enter(6));
  expect(told(all)).toEqual([
    '0→1 1',
    '1→2 1',
    '1→3 1',
    '3→5 1',
    '1→5 1',
    '2→6 2',
    '0→5 1',
    '3→6 1',
    '0→6 1',
  ]);
});

test('generators run on top of who asks; behind a closed gate nothing happens', () => {
  const all = probes();
  const { p } = all;
  const generator = called(p, 1, () => {
    const frame = p.f(framed(2));
    p.s(SUSPEND, frame, undefined);
    p.a(enter(4));
    return frame;
  });
  called(p, 3, () => {
    p.r(RESUME, generator, undefined);
    p.a(enter(4));
    p.x(END, generator);
    p.a(enter(4));
    for (const nothing of [p.m, p.x]) nothing(SUSPEND, 0);
    expect([p.s(SUSPEND, 0, 'a'), p.r(RESUME, 0, 'b'), p.d(SUSPEND, 0, GENERATOR)]).toEqual([
      'a',
      'b',
      GENERATOR,
    ]);
    p.a(enter(4));
  });
  expect(told(all)).toEqual(['0→1 1', '1→2 1', '1→4 1', '0→3 1', '2→4 1', '3→4 2']);
});

test('who delegates to a generator calls it, if it begins at once', () => {
  const all = probes();
  const { p } = all;
  const delegating = (next: () => void, value: unknown = GENERATOR): void =>
    called(p, 1, () => {
      const frame = p.f(framed(2));
      p.d(SUSPEND, frame, value);
      next();
      p.r(RESUME, frame, undefined);
      p.x(END, frame);
      p.a(enter(9));
    });
  delegating(() => p.x(END, p.f(framed(3))));
  delegating(() => p.x(END, p.f(framed(4))), 'a list');
  delegating(() => p.x(END, p.f(framed(5), 1)));
  delegating(() => {
    p.a(enter(6));
    p.x(END, p.f(framed(7)));
  });
  delegating(() => called(p, 8, () => p.x(END, p.f(framed(7)))));
  expect(told(all)).toEqual([
    '0→1 5', '1→2 5', '2→3 1', '1→9 5', '1→4 1', '1→5 1', '1→6 1', '1→7 1', '1→8 1', '8→7 1',
  ]); // prettier-ignore
});

test('modules without a token, one that fails among them', () => {
  const all = probes();
  const { p } = all;
  const leave = (site: number): void => p.x(wordOf(Kind.LEAVE, site), 0);
  called(p, 1, () => {
    expect(p.f(enter(2))).toBe(0);
    p.f(enter(3));
    p.a(enter(4));
    leave(3);
    p.a(enter(4));
    leave(2);
    p.a(enter(4));
    leave(77);
    p.a(enter(4));
  });
  const waiting = p.f(framed(5), 1);
  p.m(SUSPEND, waiting);
  p.f(enter(6));
  p.m(RESUME, waiting);
  p.m(SUSPEND, waiting);
  p.a(enter(4));
  expect(told(all)).toEqual([
    '0→1 1',
    '1→2 1',
    '2→3 1',
    '3→4 1',
    '2→4 1',
    '1→4 2',
    '0→5 1',
    '0→6 1',
    '0→4 1',
  ]);
});

test('edges with the same place, and sites beyond all places, are counted apart', () => {
  const sites = [1, 2, 3, EDGE_SLOTS + 1, EDGE_SLOTS + 2, 2 * EDGE_SLOTS + 1, 2 ** 27 + 1];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...sites), fc.constantFrom(...sites)), { maxLength: 60 }),
      (pairs) => {
        const all = probes();
        const wanted = new Map<string, number>();
        const count = (edge: string): unknown => wanted.set(edge, (wanted.get(edge) ?? 0) + 1);
        for (const [caller, callee] of pairs) {
          called(all.p, caller, () => all.p.a(enter(callee)));
          count(`0→${caller}`);
          count(`${caller}→${callee}`);
        }
        expect(told(all)).toEqual([...wanted].map(([edge, calls]) => `${edge} ${calls}`));
      },
    ),
    { numRuns: 30 },
  );
});

test('beyond the room there is, calls are counted, and that they have no edge', () => {
  const all = probes();
  const { ring, edges, p } = all;
  const more = 500;
  for (let round = 0; round < 2; round++)
    for (let site = 1; site <= MAX_EDGES + more; site++) p.a(enter(site));
  const counted = told(all);
  expect(counted.length).toBe(MAX_EDGES);
  expect(new Set(counted.map((edge) => edge.split(' ')[1]))).toEqual(new Set(['2']));
  expect(edges.table[ROOMLESS]).toBe(2 * more);
  expect(ring.hits.reduce((sum, hits) => sum + hits, 0)).toBe(2 * more);
  expect(ring.hits[MAX_EDGES + more]).toBe(2);
  clearEdges(edges, ring.control[Control.EDGES]);
  expect([edges.table.every((each) => each === 0), edges.list.every((each) => each === 0)]).toEqual([
    true,
    true,
  ]);
});
