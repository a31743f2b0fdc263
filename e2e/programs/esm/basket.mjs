export class Basket {
  #items = [];
  add(item) {
    this.#items.push(item);
    return this.#size();
  }
  #size() {
    return this.#items.length;
  }
  get total() {
    return this.#items.reduce((sum, item) => sum + item, 0);
  }
  static never() {
    return 'never called';
  }
}

export const range = (n) => Array.from({ length: n }, (_, index) => index);
