// A list of things, which nobody calls.
export class Basket {
  private items: { price: number }[] = [];

  add(item: { price: number }) {
    this.items.push(item);
  }

  total() {
    let sum = 0;
    for (const item of this.items) sum += item.price;
    return sum;
  }
}
