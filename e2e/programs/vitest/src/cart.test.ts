import { describe, expect, it, vi } from 'vitest';
import { cartTotal, checkout, lineTotal } from './cart';

describe('cart', () => {
  it('multiplies a line', () => {
    expect(lineTotal({ price: 2, quantity: 3 })).toBe(6);
  });
  it('adds up lines', () => {
    expect(cartTotal([{ price: 1, quantity: 2 }, { price: 3, quantity: 4 }])).toBe(14);
  });
  it('pays', async () => {
    await expect(checkout([{ price: 5, quantity: 1 }])).resolves.toBe('paid 5');
  });
  it('refuses an empty cart', async () => {
    await expect(checkout([])).rejects.toThrow('empty cart');
  });
  it('mocks', () => {
    const spy = vi.fn((n: number) => n + 1);
    expect(spy(1)).toBe(2);
  });
});
