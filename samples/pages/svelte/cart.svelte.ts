import type { Line } from '../common/cart.ts';

/** State that several components could share. */
class Cart {
  lines = $state<Line[]>([]);

  put(line: Line): void {
    this.lines.push(line);
  }
}

export const cart = new Cart();
