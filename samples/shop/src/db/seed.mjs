// Fills an empty database. Everything random comes from one seeded generator, so a seed names a
// catalogue, its customers and a year of orders exactly.

import { hashPassword } from '../services/passwords.mjs';
import { Prng } from '../lib/prng.mjs';
import { slugify } from '../lib/text.mjs';
import { sumCents } from '../lib/money.mjs';
import * as words from './seed-data.mjs';

const CUSTOMERS = 60;
/** Customers 1 to 20 have ordered before; the others have only registered. */
const CUSTOMERS_WITH_HISTORY = 20;
const STOCK_PER_PRODUCT = 50_000;
const HISTORY_YEAR = 2024;

export async function seed(db, catalogueSeed) {
  const { n: existing } = await db.get('SELECT count(*) AS n FROM products');
  if (existing > 0) return false;

  const random = new Prng(catalogueSeed);
  const products = makeProducts(random);
  const customers = await makeCustomers();
  const orders = makeOrders(random, products);

  await db.transaction(async (session) => {
    await insertCatalogue(session, products);
    await insertCustomers(session, customers);
    await insertOrders(session, orders);
  });
  return true;
}

function makeProducts(random) {
  const products = [];
  words.CATEGORIES.forEach((category, index) => {
    category.nouns.split(' ').forEach((noun, place) => {
      const name = `${random.pick(words.MATERIALS)} ${noun[0].toUpperCase()}${noun.slice(1)}`;
      products.push({
        id: products.length + 1,
        sku: `${category.slug.slice(0, 3).toUpperCase()}-${String(place + 1).padStart(4, '0')}`,
        name,
        description: describe(random, noun, category),
        categoryId: index + 1,
        priceCents: random.integer(3, 120) * 100 - 5,
        weightGrams: random.integer(1, 60) * 50,
        onHand: STOCK_PER_PRODUCT,
      });
    });
  });
  products.push(makeSoldOutProduct(products.length + 1));
  return products;
}

function describe(random, noun, category) {
  const [first, second] = random.shuffle(words.QUALITIES);
  return `A ${first} and ${second} ${noun} for the ${category.name.toLowerCase()} shelf.`;
}

function makeSoldOutProduct(id) {
  return {
    ...words.SOLD_OUT_PRODUCT,
    id,
    description: 'One hundred numbered copies.',
    categoryId: 5,
    priceCents: 24_000,
    weightGrams: 800,
    onHand: 0,
  };
}

async function makeCustomers() {
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => makeCustomer(index + 1));
  customers.push({
    id: CUSTOMERS + 1,
    email: 'admin@shop.example',
    name: 'Shop Keeper',
    country: 'DE',
    tier: 'none',
    role: 'admin',
    password: 'counter-and-till',
  });
  return Promise.all(customers.map(withPasswordHash));
}

function makeCustomer(id) {
  const given = words.GIVEN_NAMES[id % words.GIVEN_NAMES.length];
  const family = words.FAMILY_NAMES[id % words.FAMILY_NAMES.length];
  return {
    id,
    email: `customer${id}@shop.example`,
    name: `${given} ${family}`,
    country: words.COUNTRIES[id % words.COUNTRIES.length],
    tier: ['none', 'none', 'silver', 'gold'][id % 4],
    role: 'customer',
    password: `basket-number-${id}`,
  };
}

async function withPasswordHash(customer) {
  return { ...customer, passwordHash: await hashPassword(customer.password) };
}

function makeOrders(random, products) {
  const orders = [];
  const sellable = products.filter(({ onHand }) => onHand > 0);
  for (let customerId = 1; customerId <= CUSTOMERS_WITH_HISTORY; customerId += 1) {
    const count = random.integer(4, 12);
    for (let n = 0; n < count; n += 1) orders.push(makeOrder(random, customerId, sellable));
  }
  // Ids follow time, as they would have.
  orders.sort((a, b) => a.placedAt.localeCompare(b.placedAt));
  return orders.map((order, index) => ({ ...order, id: index + 1 }));
}

function makeOrder(random, customerId, products) {
  const bought = random.shuffle(products).slice(0, random.integer(1, 5));
  const items = bought.map(({ id, priceCents }) => ({
    productId: id,
    unitCents: priceCents,
    quantity: random.integer(1, 3),
  }));
  const subtotal = sumCents(items, (item) => item.unitCents * item.quantity);
  const placedAt = new Date(
    Date.UTC(HISTORY_YEAR, random.integer(0, 11), random.integer(1, 28), random.integer(6, 22)),
  );
  return {
    customerId,
    items,
    subtotal,
    placedAt: placedAt.toISOString(),
    carrier: random.pick(['post', 'courier', 'locker']),
  };
}

async function insertCatalogue(session, products) {
  for (const [index, { slug, name }] of words.CATEGORIES.entries()) {
    await session.run('INSERT INTO categories VALUES (?, ?, ?)', [index + 1, slug, name]);
  }
  for (const product of products) {
    await session.run('INSERT INTO products VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      product.id,
      product.sku,
      slugify(product.name),
      product.name,
      product.description,
      product.categoryId,
      product.priceCents,
      product.weightGrams,
    ]);
    await session.run('INSERT INTO stock (product_id, on_hand) VALUES (?, ?)', [product.id, product.onHand]);
  }
  for (const code of words.COUPON_CODES) {
    await session.run('INSERT INTO coupons VALUES (?)', [code]);
  }
}

async function insertCustomers(session, customers) {
  for (const { id, email, name, country, tier, role, passwordHash } of customers) {
    await session.run('INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?, ?)', [
      id,
      email,
      name,
      country,
      tier,
      role,
      passwordHash,
    ]);
  }
}

async function insertOrders(session, orders) {
  for (const { id, customerId, placedAt, subtotal, carrier, items } of orders) {
    await session.run('INSERT INTO orders VALUES (?, ?, ?, ?, 0, 495, 0, ?, ?)', [
      id,
      customerId,
      placedAt,
      subtotal,
      subtotal + 495,
      carrier,
    ]);
    for (const { productId, quantity, unitCents } of items) {
      await session.run('INSERT INTO order_items VALUES (?, ?, ?, ?)', [id, productId, quantity, unitCents]);
    }
  }
}
