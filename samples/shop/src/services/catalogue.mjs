import { NotFoundError } from '../errors.mjs';
import { RefreshingValue } from '../lib/refreshing-value.mjs';

const RELATED = 4;

export class Catalogue {
  #products;
  #stock;
  #recommendations;
  #views;
  #categories;

  constructor({ products, stock, recommendations, views, log }) {
    this.#products = products;
    this.#stock = stock;
    this.#recommendations = recommendations;
    this.#views = views;
    this.#categories = new RefreshingValue(
      () => products.categoriesWithCounts(),
      (error) => log.warn('categories are stale', { error }),
    );
  }

  start(categoryRefreshMs) {
    return this.#categories.start(categoryRefreshMs);
  }

  stop() {
    this.#categories.stop();
  }

  get categories() {
    return this.#categories.value;
  }

  async list({ page, pageSize, ...filter }) {
    const { total, items } = await this.#products.page({ ...filter, page, pageSize });
    return { items, page, pageSize, total, pages: Math.ceil(total / pageSize) };
  }

  async find(productId) {
    const product = await this.#products.findById(productId);
    if (!product) throw new NotFoundError('product', productId);
    return product;
  }

  /** What the product page shows. The three parts do not depend on each other. */
  async detail(productId, customer) {
    const product = await this.find(productId);
    const [available, related] = await Promise.all([
      this.#stock.available(productId),
      this.#recommendations.relatedTo(productId, RELATED),
      this.#views.record(productId, customer),
    ]);
    return { ...product, available, related: related.map(({ id, name }) => ({ id, name })) };
  }
}
