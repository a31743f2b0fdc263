import { Cart, total } from './lib.ts';
import cts from './other.cts';
const cart: Cart<any> = new Cart().add({ price: { cents: 100 }, count: 2 });
console.log(await cart.sum(), cts.twice(4), total.toString(), String(Cart.prototype.add));
try {
  total([{ price: { cents: -1 }, count: 1 }]);
} catch (error: unknown) {
  console.log(
    (error as Error)
      .stack!.split('\n')
      .slice(0, 3)
      .join('|')
      .replaceAll(import.meta.dirname, '.'),
  );
}
