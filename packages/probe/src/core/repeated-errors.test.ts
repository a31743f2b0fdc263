import { types } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createErrorIds, createSigner, type ErrorHost, type ErrorIdOf } from './errors.ts';
import { rememberRepeated } from './repeated-errors.ts';
import { createSignatures } from './signatures.ts';

const { isProxy } = types;
const numbers = (idOf: ErrorHost['idOf'] = createSignatures(() => {})): ErrorIdOf =>
  createErrorIds({ isProxy, idOf });
const signer = (idOf?: ErrorHost['idOf']) => createSigner(rememberRepeated(isProxy, numbers(idOf)));

class CartError extends Error {}
class Getter extends Error {
  override get message(): string {
    throw new Error('a probe ran user code');
  }
}
const makers: ((message: string) => unknown)[] = [
  (message) => new Error(message),
  (message) => new CartError(message),
  (message) => Object.assign(new Error(message), { name: 'Named' }),
  (message) => Object.assign(new Error(), { message: { message } }),
  (message) => ({ message }),
  (message) => Object.assign(Object.create(null) as object, { message }),
  (message) => Object.assign(() => {}, { message }),
  (message) => new Proxy(new Error(message), {}),
  (message) => new Getter(message),
  (message) => message,
  () => null,
  () => undefined,
];

/** Few messages, so that errors come again; more in a row than are remembered. */
const thrown = fc.letrec((tie) => ({
  any: fc
    .tuple(
      fc.constantFrom(...makers),
      fc.constantFrom('', 'no', 'full', 'x'.repeat(1000), 'x'.repeat(999)),
      fc.option(tie('any'), { nil: 'none', maxDepth: 6 }),
    )
    .map(([make, message, cause]) => {
      const error = make(message);
      return error instanceof Error && cause !== 'none' ? Object.assign(error, { cause }) : error;
    }),
}));

test('whatever is thrown, it has the number that it has without being remembered', () => {
  fc.assert(
    fc.property(fc.array(thrown.any, { maxLength: 60 }), (errors) => {
      expect(errors.map(signer())).toEqual(errors.map(createSigner(numbers())));
    }),
  );
});

test('what looks as one of the last eight did is not looked at again', () => {
  const looked: unknown[] = [];
  const sign = signer(({ message }) => looked.push(message));
  const orders = (count: number): void => {
    for (let at = 0; at < count; at++) sign(new Error(`no order ${at}`, { cause: new CartError('full') }));
  };
  orders(8);
  orders(8);
  expect(looked).toHaveLength(8);
  orders(9);
  expect(looked).toHaveLength(9);
  sign(new Error('no order 8', { cause: new Error('full') }));
  expect(looked).toHaveLength(10);
  // The oldest gave way.
  sign(new Error('no order 0', { cause: new CartError('full') }));
  expect(looked).toHaveLength(11);
});

test('a circle of causes ends', () => {
  const error = new Error('m');
  error.cause = error;
  const sign = signer((_, causes) => causes.length);
  expect([sign(error), sign(error)]).toEqual([9, 8]);
});
