jest.mock('./rate', () => ({ rate: () => 10 }));
const { lineTotal } = require('./cart');

test('uses the mock', () => {
  expect(lineTotal({ price: 2, quantity: 3 })).toBe(60);
});
