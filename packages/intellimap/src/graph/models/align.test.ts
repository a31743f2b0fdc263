/** Recorded calls on their flow: what is seen is told as it stands in the text, with calls by name. */
import { expect, test } from 'vitest';
import { Seen, type Trace } from '../../base/call-trace.ts';
import { readFile } from '../../transform/index.ts';
import { flowsOf } from '../flow/build.ts';
import { Op } from '../flow/flow.ts';
import { flatten } from '../tree/flatten.ts';
import { Kind, textOf } from '../tree/tree.ts';
import { align } from './align.ts';
import type { Expected } from './expected.ts';
import { netOf } from './net.ts';

const NAMES = 'abcdefgh';

/** Each call of a name is sure to call the function of that name; `x()` may call anybody, `y()` and `z()` may be anybody. What was seen: `a b ~ ! ? |`: calls, waits, throws, catches; and how it ended. */
function laid(body: string, seen: string, end: Trace['end'] = 'returned'): string {
  const tree = flatten(readFile(`async function f() { ${body} }`, { path: 'a.js', lang: 'js', goal: 'module' }).program);
  const flow = flowsOf(tree)[1];
  const nodeOf = (kind: number): number => tree.kind.indexOf(kind);
  const expected = (step: number): Expected => {
    const node = flow.node[step];
    switch (flow.op[step]) {
      case Op.AWAIT: return { tells: { seen: Seen.WAIT, node } };
      case Op.THROW: return { tells: { seen: Seen.THROW, node } };
      case Op.CATCH: return { tells: { seen: Seen.CATCH, node } };
      case Op.CALL: {
        const name = textOf(tree, node + 1);
        if (name === 'y' || name === 'z') return { others: () => ({ cost: 10, reason: 'unknown object', isItself: true }) };
        if (name === 'x') return { others: () => ({ cost: 10, reason: 'unknown object' }) };
        return { called: new Set([NAMES.indexOf(name)]), isSure: true };
      }
      default: return {};
    }
  }; // prettier-ignore
  const tokens = seen.split(' ').filter(Boolean);
  const kindOf: Record<string, [Seen, number]> = {
    '~': [Seen.WAIT, Kind.AwaitExpression],
    '!': [Seen.THROW, Kind.ThrowStatement],
    '|': [Seen.CATCH, Kind.CatchClause],
  };
  const trace = {
    seen: tokens.map((token) => kindOf[token]?.[0] ?? Seen.CALL),
    what: tokens.map((token) => (kindOf[token] ? nodeOf(kindOf[token][1]) : NAMES.indexOf(token))),
    end,
  };
  const found = align(netOf(flow, () => true), expected, trace)!;
  const line = (step: number): string => (step < 0 ? '-' : String(tree.start[flow.node[step]] - 21));
  const told = tokens.map((token, at) => `${token}${found.why[at] === null ? '' : `(${found.why[at]})`}@${line(found.step[at])}`);
  const unseen = found.unseen.map((step) => `unseen@${line(step)}`);
  return [...told, ...unseen, ...(found.isWrongEnd ? ['wrong end'] : [])].join(' ');
} // prettier-ignore

test('each call finds its place, whichever way it went', () => {
  expect(laid('a(); if (q) b(); else c(); a();', 'a c a')).toBe('a@0 c@22 a@27');
  expect(laid('while (q) { a(); await b(); }', 'a b ~ a b ~')).toBe('a@12 b@23 ~@17 a@12 b@23 ~@17');
  expect(laid('try { a(); b(); } catch { c(); }', 'a | c')).toBe('a@6 |@18 c@26');
  expect(laid('try { a(); } finally { b(); }', 'a b', 'threw')).toBe('a@6 b@23');
});

test('who is called without a word is called where that may be', () => {
  expect(laid('a(); x(); b();', 'a h h b')).toBe('a@0 h(unknown object)@5 h(unknown object)@5 b@10');
});

test('what is called without a word is what stands there, once each, while there are as many', () => {
  const [u, at] = ['(unknown object)', (place: string, ...names: string[]) => names.map((each) => `${each}(unknown object)@${place}`).join(' ')];
  expect(laid('y(); z();', 'g h')).toBe(`g${u}@0 h${u}@5`);
  expect(laid('y(); a(); z();', 'g a h')).toBe(`g${u}@0 a@5 h${u}@10`);
  expect(laid('while (q) { y(); z(); }', 'g h g h')).toBe(`g${u}@12 h${u}@17 g${u}@12 h${u}@17`);
  expect(laid('y(); b();', 'g h b')).toBe(`${at('0', 'g', 'h')} b@5`);
  expect(laid('a(); y();', 'g')).toBe(`g${u}@5 unseen@0`);
}); // prettier-ignore

test('what does not fit is told', () => {
  expect(laid('a(); b();', 'b a')).toBe('b@5 a(deviation)@- unseen@0');
  expect(laid('a(); b();', 'a')).toBe('a@0 unseen@5');
  expect(laid('await a();', 'a')).toBe('a@6 unseen@0');
  expect(laid('throw a();', 'a !')).toBe('a@6 !@0 wrong end');
  expect(laid('a(); b();', 'a', 'threw')).toBe('a@0');
  expect(laid('a(); b();', 'a', 'open')).toBe('a@0');
});
