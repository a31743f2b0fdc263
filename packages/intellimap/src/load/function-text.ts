/**
 * `Function.prototype.toString` gives the author's text: programs send functions elsewhere as text (a browser's page, a worker),
 * compare them and parse their parameters. Stand-ins of ours print as what they stand for.
 */

import type { MoreFrames } from './mirror.ts';

// Taken now: programs delete globals.
const { apply: callWith } = Reflect;

export interface FunctionTexts {
  /** Text of a function or class → as its author wrote it; undefined when it holds no probe. */
  original: (text: string) => string | undefined;
  /** What a stand-in of ours stands for. */
  standsFor: (value: object) => object | undefined;
  moreFrames: MoreFrames;
}

export function fixFunctionTexts(
  realmFunction: FunctionConstructor,
  { original, standsFor, moreFrames }: FunctionTexts,
): void {
  const prototype = realmFunction.prototype as { toString: () => string };
  // oxlint-disable-next-line typescript/unbound-method -- called with the function as `this`
  const toString = prototype.toString;
  const fixed = new Proxy(toString, {
    apply(target, self: unknown, args) {
      if (typeof self !== 'function') return refuse(target, self);
      const text = callWith(target, self === fixed ? toString : behind(self), args as []);
      if (!text.includes('$im')) return text;
      try {
        return original(text) ?? text;
      } catch {
        return text;
      }
    },
  });
  const behind = (value: unknown): unknown => {
    let found = value;
    for (let next: unknown = value; typeof next === 'function'; next = standsFor(next)) found = next;
    return found;
  };
  const refuse = (target: () => string, self: unknown): string => {
    const restore = moreFrames(2);
    try {
      return callWith(target, self, []);
    } finally {
      restore();
    }
  };
  Object.defineProperty(prototype, 'toString', {
    ...Object.getOwnPropertyDescriptor(prototype, 'toString'),
    value: fixed,
  });
}
