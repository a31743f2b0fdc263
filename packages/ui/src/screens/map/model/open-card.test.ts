import { describe, expect, it } from 'vitest';
import type { InsideModule } from '../../../../../intellimap/src/serve/contract.ts';
import { touches } from '../../../scene/grid.ts';
import { mapOf } from './fixtures/map.ts';
import { MOST_FUNCTIONS, openCard } from './open-card.ts';

const model = mapOf('cart.ts@1,0: add check load drop- helper\nweb.ts@0,0: route\ndb.ts@2,0: query');
const { functions, modules } = model.facts;
const place = (name: string): InsideModule['edges'][number]['src'] => {
  const f = functions.name.indexOf(name);
  return f < 0
    ? { id: 'cart.ts#body', name, path: 'cart.ts' }
    : { id: functions.id[f], name, path: modules.path[functions.module[f]] };
};
const inside = (calls: string): InsideModule => ({
  path: 'cart.ts',
  edges: calls.split(' ').map((call) => {
    const [src, dst] = call.split('>').map(place);
    return { src, dst, calls: 3, p95Ms: null, totalMs: null };
  }),
  more: 0,
});
const cart = openCard(
  model,
  0,
  inside('route>add add>check add>load check>load load>query add>add (body)>helper'),
);
const names = cart.nodes.map((node) =>
  node.kind === 'body'
    ? '(body)'
    : node.kind === 'function'
      ? functions.name[node.at]
      : modules.path[node.at],
);
const x = (name: string): number => cart.boxes.x[names.indexOf(name)];

describe('an open card', () => {
  it('has callers left of callees, other files outside of it', () => {
    const order = ['web.ts', 'add', 'check', 'load', 'db.ts'];
    expect(order.toSorted((a, b) => x(a) - x(b))).toEqual(order);
    expect(x('web.ts') < 0 && x('db.ts') > cart.frame.w).toBe(true);
    expect(x('(body)')).toBeLessThan(x('helper'));
  });

  it('has each function once, those that nothing within calls as well', () => {
    expect(names.filter((name) => functions.name.includes(name)).toSorted()).toEqual(['add', 'check', 'drop', 'helper', 'load']); // prettier-ignore
  });

  it('has boxes that do not touch', () => {
    const box = (n: number) => ({ x: cart.boxes.x[n], y: cart.boxes.y[n], w: cart.boxes.w[n], h: cart.boxes.h[n] }); // prettier-ignore
    for (let a = 0; a < names.length; a++)
      for (let b = 0; b < a; b++) expect(touches(box(a), box(b)), `${names[a]} and ${names[b]}`).toBe(false);
  });

  it('draws calls, but not to oneself', () => {
    const told = cart.edges.map(({ from, to }) => `${names[from]}>${names[to]}`);
    expect(told).toEqual([
      'web.ts>add',
      'add>check',
      'add>load',
      'check>load',
      'load>db.ts',
      '(body)>helper',
    ]);
  });

  it('has its functions while its calls are not known yet', () => {
    const early = openCard(model, 0, undefined);
    expect([early.nodes.length, early.edges.length]).toEqual([5, 0]);
  });

  it('of very many functions has those that did most, and the chosen one', () => {
    const many = mapOf(`big.ts@0,0: ${Array.from({ length: 200 }, (_, n) => `f${n}`).join(' ')}`);
    const drawn = (always: number): number[] => [...openCard(many, 0, undefined, always).nodeOf.keys()];
    const least = (all: number[]): number =>
      Math.min(...all.map((f) => many.facts.functions.metrics.calls![f]));
    expect([drawn(-1).length, openCard(many, 0, undefined).left]).toEqual([
      MOST_FUNCTIONS,
      200 - MOST_FUNCTIONS,
    ]);
    expect(least(drawn(-1))).toBe(100);
    expect(drawn(0)).toContain(0);
  });
});
