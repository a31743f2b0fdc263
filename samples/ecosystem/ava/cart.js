export class Cart {
  #lines = new Map();

  add(name, price, count = 1) {
    if (!(price >= 0)) throw new RangeError(`no price for ${name}`);
    const line = this.#lines.get(name) ?? { price, count: 0 };
    line.count += count;
    this.#lines.set(name, line);
    return this;
  }

  *[Symbol.iterator]() {
    for (const [name, { price, count }] of this.#lines) yield { name, sum: price * count };
  }

  get total() {
    return [...this].reduce((total, { sum }) => total + sum, 0);
  }

  async pay(bank) {
    await bank.charge(this.total);
    this.#lines.clear();
  }
}
