import { Repository, placeholders } from './repository.mjs';

const ORDER_BY = {
  name: 'name, id',
  price: 'price_cents, id',
  '-price': 'price_cents DESC, id',
};

export class ProductRepository extends Repository {
  static table = 'products';

  static get sortings() {
    return Object.keys(ORDER_BY);
  }

  static fromRow(row) {
    return {
      id: row.id,
      sku: row.sku,
      slug: row.slug,
      name: row.name,
      description: row.description,
      categoryId: row.category_id,
      priceCents: row.price_cents,
      weightGrams: row.weight_grams,
    };
  }

  async page({ category, sort, page, pageSize }) {
    const [where, args] = category
      ? ['WHERE category_id = (SELECT id FROM categories WHERE slug = ?)', [category]]
      : ['', []];
    const [{ total }, items] = await Promise.all([
      this.session.get(`SELECT count(*) AS total FROM products ${where}`, args),
      this.select(`SELECT * FROM products ${where} ORDER BY ${ORDER_BY[sort]} LIMIT ? OFFSET ?`, [
        ...args,
        pageSize,
        (page - 1) * pageSize,
      ]),
    ]);
    return { total, items };
  }

  all() {
    return this.select('SELECT * FROM products ORDER BY id');
  }

  async findBySku(sku) {
    const [product] = await this.select('SELECT * FROM products WHERE sku = ?', [sku]);
    return product;
  }

  /** In the order of `ids`; ids without a product are left out. */
  async findMany(ids) {
    if (ids.length === 0) return [];
    const found = await this.select(`SELECT * FROM products WHERE id IN (${placeholders(ids)})`, ids);
    const byId = new Map(found.map((product) => [product.id, product]));
    return ids.map((id) => byId.get(id)).filter(Boolean);
  }

  categoriesWithCounts() {
    return this.session.all(
      `SELECT c.slug, c.name, count(p.id) AS products
         FROM categories c LEFT JOIN products p ON p.category_id = c.id
        GROUP BY c.id ORDER BY c.name`,
    );
  }
}
