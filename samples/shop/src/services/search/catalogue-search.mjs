import { tokens } from '../../lib/text.mjs';
import { editDistance, editDistanceByTable } from './distance.mjs';
import { SearchIndex } from './search-index.mjs';

/** More wrong letters than this and it is another word. */
const MAX_DISTANCE = 2;

export class CatalogueSearch {
  #products;
  #pool;
  #flags;
  #index;

  constructor({ products, pool, flags }) {
    this.#products = products;
    this.#pool = pool;
    this.#flags = flags;
  }

  /** How many different words can be searched for. */
  get words() {
    return this.#index.size;
  }

  /** Has a worker build the index, so that the server answers meanwhile. */
  async build() {
    const products = await this.#products.all();
    const documents = products.map(({ id, name, description }) => ({ id, name, description }));
    this.#index = new SearchIndex(await this.#pool.run('build-search-index', { documents }));
  }

  async search(query, limit) {
    const words = [...tokens(query)].map((word) => this.#resolve(word)).filter(Boolean);
    const ranked = this.#rank(words).slice(0, limit);
    const products = await this.#products.findMany(ranked.map(([id]) => id));
    return { query, understoodAs: words.join(' '), items: products };
  }

  /** The word itself when the catalogue has it, else the nearest one, else undefined. */
  #resolve(word) {
    return this.#index.has(word) ? word : this.#nearest(word);
  }

  #nearest(word) {
    const distance = this.#flags.isOn('memoisedRanking') ? editDistanceByTable : editDistance;
    let best;
    let bestDistance = MAX_DISTANCE + 1;
    for (const candidate of this.#index.similarTo(word)) {
      const d = distance(word, candidate);
      if (d < bestDistance) [best, bestDistance] = [candidate, d];
    }
    return best;
  }

  /** [productId, score] pairs, the best first. */
  #rank(words) {
    const scores = new Map();
    for (const word of words) {
      for (const [productId, weight] of this.#index.matches(word)) {
        scores.set(productId, (scores.get(productId) ?? 0) + weight);
      }
    }
    return [...scores].toSorted(([idA, a], [idB, b]) => b - a || idA - idB);
  }
}
