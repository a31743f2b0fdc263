import { describe, expect, it } from 'vitest';
import { START, type Selection } from '../../../state/url.ts';
import { mapOf } from './fixtures/map.ts';
import { choices, hottest, metricOf, painted, stepOf, STYLE, styleOf } from './heat.ts';
import { chosenOf, choosing, levelOf, openOf } from './items.ts';
import { itemAt } from './pick.ts';
import { matching, relatedTo, shownModules } from './related.ts';
import { changeWords, labelOf, tipOf } from './words.ts';

//   web ─┬→ cart ─→ db      dead
//        └→ user ──↗
const model = mapOf(
  `
  web.ts@0,0: route
  cart.ts@1,0: add total! drop-
  user.ts@1,1: name
  db.ts@2,0: query close
  dead.ts@0,1: old- older-
`,
  'web.ts>cart.ts*9 web.ts>user.ts*3 cart.ts>db.ts*70 user.ts>db.ts*2',
);
const at = (change: Partial<Selection>): Selection => ({ ...START, screen: 'map', ...change });
const total = model.facts.functions.id[2];

describe('what belongs together', () => {
  it('is what calls a file, and what it calls', () => {
    const { modules, out, into } = relatedTo(model, [1]);
    expect([[...modules].toSorted((a, b) => a - b), out, into]).toEqual([[0, 1, 3], [2], [0]]);
  });

  it('of a group, what crosses its border', () => {
    const { out, into } = relatedTo(model, [1, 2, 3]);
    expect([out, into]).toEqual([[], [0, 1]]);
  });

  it('is all that is shown when a person asks for neighbours, without what is hidden', () => {
    const names = (options: Parameters<typeof shownModules>[1]): string | null => {
      const there = shownModules(model, options);
      return there && [...there].map((m) => model.facts.modules.path[m]).toSorted().join(' ');
    }; // prettier-ignore
    expect(names({ only: undefined, hidden: undefined })).toBeNull();
    expect(names({ only: 'user.ts', hidden: undefined })).toBe('db.ts user.ts web.ts');
    expect(names({ only: 'user.ts', hidden: 'db.ts\nnobody.ts' })).toBe('user.ts web.ts');
    expect(names({ only: undefined, hidden: 'dead.ts' })).toBe('cart.ts db.ts user.ts web.ts');
  });

  it('finds files by their path, and by names of functions', () => {
    const found = matching(model, ' O')!;
    expect([...found.modules].map((m) => model.facts.modules.path[m])).toEqual(['web.ts', 'cart.ts', 'db.ts', 'dead.ts']); // prettier-ignore
    expect(matching(model, '  ')).toBeNull();
  });
});

describe('heat', () => {
  it('tells why there is none', () =>
    expect(choices(model.facts).flatMap(({ metric, why }) => (why === null ? [metric] : []))).toEqual(['calls'])); // prettier-ignore

  it('is of a metric that the run has', () => expect(metricOf(model.facts, 'cpu')).toBe('calls'));

  it('is hollow for what never ran, and never for what did', () => {
    const styles = model.facts.functions.name.map((name, f) => `${name}${styleOf(model.facts, 'errors', f)}`);
    expect(stepOf(model.facts, 'calls', 0)).toBe(1);
    expect(styles.join(' ')).toBe('route1 add1 total1 drop0 name1 query1 close1 old0 older0');
  });

  it('is most in the file where a walk begins', () => {
    expect(model.facts.modules.path[hottest(model.facts, 'calls', () => true)]).toBe('user.ts');
    expect(model.facts.modules.path[hottest(model.facts, 'calls', (m) => m !== 2)]).toBe('cart.ts');
    expect(hottest(model.facts, 'calls', () => false)).toBe(-1);
  });

  it('paints functions alike together', () => {
    const { order, starts } = painted(model.facts, 'calls');
    const hollow = [...order.subarray(starts[STYLE.never], starts[STYLE.never + 1])];
    expect(hollow.map((f) => model.facts.functions.name[f])).toEqual(['drop', 'old', 'older']);
    expect([...order].toSorted((a, b) => a - b)).toEqual([...order.keys()]);
  });
});

describe('the selection', () => {
  it('comes back as it was chosen', () => {
    for (const item of [{ kind: 'module', at: 3 }, { kind: 'function', at: 2 }] as const) {
      const { group: _, ...change } = choosing(model, item);
      expect(chosenOf(model, at(change), 'module')).toEqual(item);
    }
  }); // prettier-ignore

  it('at the level of the system is a group, of a file that was chosen before, too', () => {
    expect(chosenOf(model, at({ module: 'db.ts' }), 'system')).toEqual({ kind: 'group', at: 0 });
    expect(chosenOf(model, at({}), 'system')).toBeNull();
  });

  it('opens no file when none is chosen', () => {
    expect(levelOf(model, at({ level: 'function' }))).toBe('module');
    expect(levelOf(model, at({ level: 'function', function: total }))).toBe('function');
    expect(levelOf(model, at({ level: 'line', module: 'db.ts' }))).toBe('function');
    expect(levelOf(model, at({ level: 'module', module: 'db.ts' }))).toBe('module');
  });

  it('keeps a file open while its neighbours are looked at, and not when another one is', () => {
    const open = (module: string): number => openOf(model, at({ module, options: { open: 'cart.ts' } }));
    expect([open('cart.ts'), open('db.ts'), open('user.ts')]).toEqual([1, 1, 2]);
    expect(chosenOf(model, at({ module: 'db.ts', options: { open: 'cart.ts' } }), 'function')).toEqual({ kind: 'module', at: 3 }); // prettier-ignore
  });
});

it('a point is a cell when it can be aimed at, else its card', () => {
  const shown = { model, level: 'module', open: null, modules: null } as Parameters<typeof itemAt>[0];
  const cell = { x: model.cellX[2] + 4, y: model.cellY[2] + 4 };
  expect(itemAt(shown, cell, 1)).toEqual({ kind: 'function', at: 2 });
  expect(itemAt(shown, cell, 0.4)).toEqual({ kind: 'module', at: 1 });
  expect(itemAt(shown, { x: 190, y: 20 }, 1)).toBeNull();
  expect(itemAt({ ...shown, modules: new Set([0]) }, cell, 1)).toBeNull();
});

describe('words', () => {
  it('tell a screen reader all that there is to see', () => {
    expect(labelOf(model, { kind: 'module', at: 1 })).toBe(
      'cart.ts, 2 of 3 functions ran, 110 calls, 1 error',
    );
    expect(labelOf(model, { kind: 'module', at: 4 })).toBe('dead.ts, never ran, 0 of 2 functions ran');
    expect(labelOf(model, { kind: 'function', at: 3 })).toBe('drop, cart.ts line 4, never ran');
    expect(labelOf(model, { kind: 'group', at: 0 })).toContain('SRC, 5 files, 6 of 9 functions ran');
  });
  it('beside the hand tell the heat', () => {
    expect(tipOf(model, { kind: 'function', at: 2 }, 'calls')).toBe('total · calls 100');
    expect(tipOf(model, { kind: 'function', at: 3 }, 'calls')).toBe('drop · never ran');
  });
  it.each([
    [41, 96, '▲ 2.3×'],
    [96, 41, '▼ 2.3×'],
    [100, 104, null],
    [0, 5, null],
    [1, 1200, '▲ 1.2 k×'],
  ])('from %d to %d: %s', (before, now, words) => expect(changeWords(before, now)).toBe(words));
});
