type Money = { cents: number };
interface Item {
  price: Money;
  count: number;
}
export function total(items: Item[], tax: number = 0): number {
  let sum: number = 0;
  for (const item of items as Item[]) sum += item.price.cents * item.count;
  if (sum < 0) throw new RangeError('negative');
  return sum * (1 + tax)!;
}
export class Cart<T extends Item> {
  private items: T[] = [];
  add(item: T): this {
    this.items.push(item);
    return this;
  }
  async sum(): Promise<number> {
    await null;
    return total(this.items);
  }
}
