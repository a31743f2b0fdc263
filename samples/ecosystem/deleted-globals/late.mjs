export default function late(n) {
  if (n < 0) throw { message: 'below zero', stack: 'none\nnone' };
  return n < 2 ? n : late(n - 1) + late(n - 2);
}

export class Counter {
  #to;
  constructor(to) {
    this.#to = to;
  }
  *[Object.getOwnPropertySymbols(Array.prototype).find(({ description }) => description === 'Symbol.iterator')]() {
    for (let i = 0; i < this.#to; i += 1) yield i;
  }
  static async later(n) {
    await null;
    return n * 2;
  }
}
