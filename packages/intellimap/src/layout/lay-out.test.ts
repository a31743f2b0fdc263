/** What every layout keeps, on many random workspaces; and what stays where it was when a workspace changes. */
import { describe, expect, test } from 'vitest';
import { type Drawing, factsOf, randomDrawing } from './fixtures/facts.ts';
import {
  cellAt,
  CELL,
  HEADER,
  layOut,
  type MapFacts,
  type MapLayout,
  type Plan,
  planIn,
  planText,
} from './index.ts';

const SIZES = [1, 2, 5, 10, 30, 100, 400];
const CASES = SIZES.flatMap((size) => [1, 2, 3, 4, 5].map((seed) => ({ size, seed })));

interface Card {
  name: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

const cardsOf = ({ modules }: MapFacts, { cards }: MapLayout): Card[] =>
  modules.path.map((name, n) => ({ name, x: cards.x[n], y: cards.y[n], w: cards.w[n], h: cards.h[n] }));

const overlap = (a: Card, b: Card): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe.each(CASES)('$size files, seed $seed', ({ size, seed }) => {
  const drawing = randomDrawing(seed, size);
  const facts = factsOf(drawing);
  const { layout, plan } = layOut(facts);
  const cards = cardsOf(facts, layout);

  test('no two cards overlap, and all are within their groups and the map', () => {
    const pairs = cards.flatMap((a, n) => cards.slice(n + 1).filter((b) => overlap(a, b)).map((b) => [a.name, b.name]));
    expect(pairs).toEqual([]);
    cards.forEach(({ name, x, y, w, h }, n) => {
      const group = layout.cards.group[n];
      const [gx, gy] = [layout.groups.x[group], layout.groups.y[group]];
      expect([name, x >= gx, y >= gy + HEADER]).toEqual([name, true, true]);
      expect(x + w).toBeLessThanOrEqual(gx + layout.groups.w[group] + 0.01);
      expect(y + h).toBeLessThanOrEqual(gy + layout.groups.h[group] + 0.01);
      expect(Math.max(x + w - layout.width, y + h - layout.height)).toBeLessThanOrEqual(0.01);
    });
  }); // prettier-ignore

  test('no two groups overlap, and each file is in one that its folder is in', () => {
    const groups = layout.groups.folder.map((name, n) => ({
      name, x: layout.groups.x[n], y: layout.groups.y[n], w: layout.groups.w[n], h: layout.groups.h[n],
    }));
    expect(groups.flatMap((a, n) => groups.slice(n + 1).filter((b) => overlap(a, b)))).toEqual([]);
    facts.modules.path.forEach((path, n) => {
      const folder = layout.groups.folder[layout.cards.group[n]];
      expect(folder === '' || path.startsWith(`${folder}/`)).toBe(true);
    });
  }); // prettier-ignore

  test('all cells of a card are in it', () => {
    cards.forEach(({ w, h }, n) => {
      for (let cell = 0; cell < facts.modules.count[n]; cell++) {
        const { x, y } = cellAt(cell, layout.cards.perRow[n]);
        expect(Math.max(x + CELL - w, y + CELL - h)).toBeLessThan(0);
      }
    });
  });

  test('curves begin and end at sides of their cards', () => {
    const { edge, curve } = layout.routes;
    const ends = new Map<number, { from: number[]; to: number[] }>();
    edge.forEach((at, n) => {
      const from = [...curve.subarray(8 * n, 8 * n + 2)];
      const to = [...curve.subarray(8 * n + 6, 8 * n + 8)];
      const known = ends.get(at);
      if (known === undefined) ends.set(at, { from, to });
      else {
        expect(from).toEqual(known.to);
        known.to = to;
      }
    });
    for (const [at, { from, to }] of ends) {
      expect(isOnSide(from, cards[facts.edges.src[at]])).toBe(true);
      expect(isOnSide(to, cards[facts.edges.dst[at]])).toBe(true);
    }
    expect(ends.size + layout.weaker).toBe(facts.edges.src.length);
  });

  test('of edges between stacks at most 2 of 100 run behind another card, none without wide cards (one over both ends left out)', () => {
    const { edge, curve } = layout.routes;
    const hidden = new Set(
      [...edge].filter((at, n) => {
        const [from, to] = [cards[facts.edges.src[at]], cards[facts.edges.dst[at]]];
        if (isAbove(from, to)) return false;
        const others = cards.filter((card) => card !== from && card !== to && !(isAbove(card, from) && isAbove(card, to)));
        return points(curve.subarray(8 * n, 8 * n + 8)).some((point) => others.some((card) => isWithin(point, card)));
      }),
    );
    const hasWide = cards.some(({ w }) => w > Math.min(...cards.map((card) => card.w)));
    expect(hidden.size).toBeLessThanOrEqual(hasWide ? Math.max(1, 0.02 * new Set(edge).size) : 0);
  }); // prettier-ignore

  test('the same twice, and from its own plan', () => {
    expect(layOut(factsOf(drawing))).toEqual({ layout, plan });
    const kept = planIn(planText(plan));
    expect(kept).toEqual(plan);
    expect(layOut(facts, kept)).toEqual({ layout, plan });
  });
});

/** Whether one stands above the other, in part at least. */
const isAbove = (a: Card, b: Card): boolean => a.x < b.x + b.w && b.x < a.x + a.w;

/** A margin, as coordinates are 32 bit wide. */
const isWithin = ([px, py]: number[], { x, y, w, h }: Card): boolean =>
  px > x + 0.5 && px < x + w - 0.5 && py > y + 0.5 && py < y + h - 0.5;

const isOnSide = ([px, py]: number[], { x, y, w, h }: Card): boolean => {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.01;
  const isInside = px > x - 0.01 && px < x + w + 0.01 && py > y - 0.01 && py < y + h + 0.01;
  return isInside && (near(px, x) || near(px, x + w) || near(py, y) || near(py, y + h));
};

/** Some points of a cubic Bézier curve. */
function points(curve: ArrayLike<number>): number[][] {
  const at = (t: number, axis: number): number =>
    [1, 3, 3, 1].reduce(
      (sum, factor, n) => sum + factor * t ** n * (1 - t) ** (3 - n) * curve[2 * n + axis],
      0,
    );
  return Array.from({ length: 17 }, (_, n) => [at(n / 16, 0), at(n / 16, 1)]);
}

describe('a workspace that changes', () => {
  const before = randomDrawing(7, 100);
  const first = layOut(factsOf(before));

  /** How far cards moved that are in both. */
  function moves(plan: Plan, after: Drawing): number[] {
    const [was, is] = [factsOf(before), factsOf(after)];
    const old = new Map(cardsOf(was, first.layout).map((card) => [card.name, card]));
    return cardsOf(is, layOut(is, plan).layout).flatMap(({ name, x, y }) => {
      const card = old.get(name);
      return card === undefined ? [] : [Math.hypot(x - card.x, y - card.y)];
    });
  }

  test('a new file moves what is below it at most by its own height', () => {
    for (const folder of ['src/web', 'lib', 'src']) {
      const moved = moves(first.plan, { ...before, files: { ...before.files, [`${folder}/new.ts`]: 5 } });
      expect(Math.max(...moved)).toBeLessThan(70);
      expect(moved.filter((far) => far > 0).length).toBeLessThan(50);
    }
  });

  test('a new file comes to the end of the lowest stack of its folder', () => {
    const plan: Plan = { columns: [[{ folder: 'a', wide: [], stacks: [['a/1.ts', 'a/2.ts', 'a/3.ts'], ['a/4.ts']] }]] };
    const names = ['a/1.ts', 'a/2.ts', 'a/3.ts', 'a/4.ts', 'a/5.ts'];
    const drawing: Drawing = { files: Object.fromEntries(names.map((name) => [name, 3])), edges: [] };
    expect(layOut(factsOf(drawing), plan).plan.columns[0][0].stacks).toEqual([names.slice(0, 3), ['a/4.ts', 'a/5.ts']]);
  }); // prettier-ignore

  test('a new folder moves nothing', () => {
    expect(Math.max(...moves(first.plan, { ...before, files: { ...before.files, 'brand/new.ts': 5 } }))).toBe(
      0,
    );
  });

  test('a function more moves nothing far', () => {
    const files = Object.fromEntries(
      Object.entries(before.files).map(([name, n]) => [name, n < 0 ? n : n + 1]),
    );
    const [moved] = moves(first.plan, { ...before, files }).toSorted((a, b) => b - a);
    expect(moved).toBeLessThan(200);
  });

  test('other calls move nothing', () => {
    expect(Math.max(...moves(first.plan, { ...before, edges: randomDrawing(8, 100).edges.filter((each) => each.split(' -> ').every((name) => name in before.files)) }))).toBe(0);
  }); // prettier-ignore

  test('a run that loads fewer files leaves them where they were, and those that come back stand where they stood', () => {
    const some = Object.fromEntries(Object.entries(before.files).filter((_, n) => n % 3 !== 0));
    const edges = before.edges.filter((each) => each.split(' -> ').every((name) => name in some));
    const second = layOut(factsOf({ files: some, edges }), first.plan);
    expect(layOut(factsOf(before), second.plan).layout).toEqual(first.layout);
  });

  test('another workspace is laid out anew', () => {
    const other: Drawing = { files: { 'x/a.ts': 3, 'x/b.ts': 4 }, edges: ['x/a.ts -> x/b.ts'] };
    expect(layOut(factsOf(other), first.plan)).toEqual(layOut(factsOf(other)));
  });
});

test('callers stand left of callees', () => {
  const { layout } = layOut(
    factsOf({
      files: { 'db/query.ts': 2, 'http/router.ts': 2, 'http/session.ts': 1, 'services/cart.ts': 3, 'services/order.ts': 3, 'old/soap.ts': -4 },
      edges: ['http/router.ts -> services/cart.ts', 'services/cart.ts -> db/query.ts', 'services/order.ts -> db/query.ts', 'http/router.ts -> services/order.ts'],
    }),
  ); // prettier-ignore
  const order = layout.groups.name.map((name, n) => ({ name, x: layout.groups.x[n] }));
  expect(order.toSorted((a, b) => a.x - b.x).map(({ name }) => name)).toEqual([
    'HTTP',
    'SERVICES',
    'DB',
    'OLD',
  ]);
});

test('cards stand beside what they call', () => {
  const names = ['a/1.ts', 'a/2.ts', 'a/3.ts', 'b/1.ts', 'b/2.ts', 'b/3.ts'];
  const edges = ['a/1.ts -> b/3.ts', 'a/2.ts -> b/1.ts', 'a/3.ts -> b/2.ts'];
  const { cards } = layOut(
    factsOf({ files: Object.fromEntries(names.map((name) => [name, 3])), edges }),
  ).layout;
  expect([cards.y[0], cards.y[1], cards.y[2]]).toEqual([cards.y[5], cards.y[3], cards.y[4]]);
});

test('a map of nothing', () => {
  const { layout } = layOut(factsOf({ files: {}, edges: [] }));
  expect(layout).toMatchObject({ width: 0, height: 0, weaker: 0 });
});

test.each(['', 'null', '{}', '{"version":2,"columns":[]}', '{"version":1,"columns":[[{"folder":"a","wide":[],"stacks":[]}]]}', '{"version":1,"columns":[[{"folder":"a","wide":["x"],"stacks":[["x"]]}]]}'])(
  'no plan: %s',
  (text) => expect(planIn(text)).toBeNull(),
); // prettier-ignore
