// The yearly report for the shop keeper. Loaded when somebody asks for it, which is seldom.

import { formatMoney } from '../lib/money.mjs';

const ORDERS_PER_PAGE = 40;
const TOP = 5;

export async function buildSalesReport(orders, year) {
  const months = new Tally();
  const categories = new Tally();
  const products = new Tally();
  const carriers = new Tally();

  for await (const page of orders.pagesBetween(`${year}-01-01`, `${year + 1}-01-01`, ORDERS_PER_PAGE)) {
    const items = await orders.itemsOfMany(page.map(({ id }) => id));
    for (const order of page) {
      months.add(order.placedAt.slice(0, 7), order.totalCents);
      carriers.add(order.carrier, order.shippingCents);
      for (const { category, name, unitCents, quantity } of items.get(order.id)) {
        categories.add(category, unitCents * quantity);
        products.add(name, unitCents * quantity);
      }
    }
  }

  return {
    year,
    orders: months.count,
    revenue: formatMoney(months.cents),
    months: withTrend([...monthsOf(year)].map((month) => months.row(month))),
    categories: categories.top(),
    bestSellers: products.top(TOP),
    carriers: carriers.top(),
  };
}

/** Counts and sums by name. */
class Tally {
  #rows = new Map();
  #count = 0;
  #cents = 0;

  get count() {
    return this.#count;
  }

  get cents() {
    return this.#cents;
  }

  add(name, cents) {
    const row = this.#rows.get(name) ?? { count: 0, cents: 0 };
    this.#rows.set(name, { count: row.count + 1, cents: row.cents + cents });
    this.#count += 1;
    this.#cents += cents;
  }

  row(name) {
    return { name, ...(this.#rows.get(name) ?? { count: 0, cents: 0 }) };
  }

  /** Rows by falling revenue. */
  top(limit = Infinity) {
    const rows = [...this.#rows.keys()].map((name) => this.row(name));
    return rows.toSorted((a, b) => b.cents - a.cents || a.name.localeCompare(b.name)).slice(0, limit);
  }
}

function* monthsOf(year) {
  for (let month = 1; month <= 12; month += 1) yield `${year}-${String(month).padStart(2, '0')}`;
}

/** Adds the change against the month before in percent; null where there was nothing to compare with. */
function withTrend(months) {
  return months.map((month, index) => {
    const before = months[index - 1]?.cents;
    return { ...month, trend: before ? Math.round(((month.cents - before) / before) * 100) : null };
  });
}
