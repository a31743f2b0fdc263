/** Which words the catalogue has, and in which products. Built by a worker, read here. */
export class SearchIndex {
  #postings;
  #documents;
  #wordsByInitial = new Map();

  /** @param {{ postings: Map<string, Map<number, number>>, documents: number }} built */
  constructor({ postings, documents }) {
    this.#postings = postings;
    this.#documents = documents;
    for (const word of postings.keys()) this.#file(word);
  }

  get size() {
    return this.#postings.size;
  }

  has(word) {
    return this.#postings.has(word);
  }

  /** Yields [productId, weight] for a word; a rare word weighs more than one that is everywhere. */
  *matches(word) {
    const products = this.#postings.get(word);
    const rarity = Math.log(1 + this.#documents / products.size);
    for (const [productId, count] of products) yield [productId, count * rarity];
  }

  /** Words one may have meant: the same first letter and about as long. */
  *similarTo(word) {
    for (const candidate of this.#wordsByInitial.get(word[0]) ?? []) {
      if (Math.abs(candidate.length - word.length) <= 1) yield candidate;
    }
  }

  #file(word) {
    const words = this.#wordsByInitial.get(word[0]);
    if (words) words.push(word);
    else this.#wordsByInitial.set(word[0], [word]);
  }
}
