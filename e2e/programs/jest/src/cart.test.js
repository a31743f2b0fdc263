const { cartTotal, checkout, lineTotal } = require('./cart');

test('multiplies a line', () => {
  expect(lineTotal({ price: 2, quantity: 3 })).toBe(6);
});
test('adds up lines', () => {
  expect(cartTotal([{ price: 1, quantity: 2 }, { price: 3, quantity: 4 }])).toBe(14);
});
test('pays', async () => {
  await expect(checkout([{ price: 5, quantity: 1 }])).resolves.toBe('paid 5');
});
test('refuses an empty cart', async () => {
  await expect(checkout([])).rejects.toThrow('empty cart');
});
