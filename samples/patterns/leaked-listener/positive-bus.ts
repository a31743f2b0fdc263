// The bus lives as long as the program, each view for a moment.
import { bus } from './bus.ts';

export class CartView {
  constructor(private element: { textContent: string }) {
    bus.on('cart', (cart) => {
      this.element.textContent = `${cart.lines.length} items`;
    });
  }
}
