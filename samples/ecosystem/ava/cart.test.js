import test from 'ava';
import { Cart } from './cart.js';

test.beforeEach((t) => {
  t.context.cart = new Cart().add('tea', 3, 2).add('cup', 7);
});

test('adds up', (t) => {
  t.is(t.context.cart.total, 13);
  t.deepEqual([...t.context.cart], [{ name: 'tea', sum: 6 }, { name: 'cup', sum: 7 }]);
});

test('refuses a line with no price', (t) => {
  const error = t.throws(() => t.context.cart.add('air'), { instanceOf: RangeError });
  t.is(error.message, 'no price for air');
});

test('pays once', async (t) => {
  const charged = [];
  await t.context.cart.pay({ charge: async (amount) => charged.push(amount) });
  t.deepEqual(charged, [13]);
  t.is(t.context.cart.total, 0);
});

test('keeps its lines when the bank refuses', async (t) => {
  await t.throwsAsync(t.context.cart.pay({ charge: () => Promise.reject(new Error('no credit')) }), { message: 'no credit' });
  t.is(t.context.cart.total, 13);
});

test('fails with a difference that ava prints', (t) => {
  t.deepEqual([...t.context.cart], [{ name: 'tea', sum: 6 }]);
});

test('fails with the text of the assertion', (t) => {
  const { cart } = t.context;
  t.assert(cart.total === 13 && [...cart].length > 2);
});

test.failing('is known to fail', (t) => t.fail());
test.skip('is skipped', (t) => t.pass());
test.todo('is to be written');
