// Schema changes in the order they happened. Never edit one that was released: add another.

const CATALOGUE = `
  CREATE TABLE categories (
    id    INTEGER PRIMARY KEY,
    slug  TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL
  );
  CREATE TABLE products (
    id            INTEGER PRIMARY KEY,
    sku           TEXT NOT NULL UNIQUE,
    slug          TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    description   TEXT NOT NULL,
    category_id   INTEGER NOT NULL REFERENCES categories (id),
    price_cents   INTEGER NOT NULL CHECK (price_cents > 0),
    weight_grams  INTEGER NOT NULL CHECK (weight_grams > 0)
  );
  CREATE TABLE stock (
    product_id  INTEGER PRIMARY KEY REFERENCES products (id),
    on_hand     INTEGER NOT NULL CHECK (on_hand >= 0),
    reserved    INTEGER NOT NULL DEFAULT 0 CHECK (reserved BETWEEN 0 AND on_hand)
  );`;

const CUSTOMERS = `
  CREATE TABLE customers (
    id             INTEGER PRIMARY KEY,
    email          TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL,
    country        TEXT NOT NULL,
    tier           TEXT NOT NULL CHECK (tier IN ('none', 'silver', 'gold')),
    role           TEXT NOT NULL CHECK (role IN ('customer', 'admin')),
    password_hash  TEXT NOT NULL
  );
  CREATE TABLE product_views (
    id           INTEGER PRIMARY KEY,
    product_id   INTEGER NOT NULL REFERENCES products (id),
    customer_id  INTEGER NOT NULL REFERENCES customers (id),
    viewed_at    TEXT NOT NULL
  );`;

const CARTS = `
  CREATE TABLE carts (
    id           TEXT PRIMARY KEY,
    customer_id  INTEGER NOT NULL REFERENCES customers (id),
    status       TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'ordered')),
    coupon_code  TEXT
  );
  CREATE TABLE cart_items (
    cart_id     TEXT NOT NULL REFERENCES carts (id),
    product_id  INTEGER NOT NULL REFERENCES products (id),
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (cart_id, product_id)
  );
  CREATE TABLE coupons (
    code  TEXT PRIMARY KEY
  );
  CREATE TABLE reservations (
    id          INTEGER PRIMARY KEY,
    cart_id     TEXT NOT NULL REFERENCES carts (id),
    expires_at  INTEGER NOT NULL
  );
  CREATE TABLE reservation_items (
    reservation_id  INTEGER NOT NULL REFERENCES reservations (id),
    product_id      INTEGER NOT NULL REFERENCES products (id),
    quantity        INTEGER NOT NULL
  );`;

const ORDERS = `
  CREATE TABLE orders (
    id              INTEGER PRIMARY KEY,
    customer_id     INTEGER NOT NULL REFERENCES customers (id),
    placed_at       TEXT NOT NULL,
    subtotal_cents  INTEGER NOT NULL,
    discount_cents  INTEGER NOT NULL,
    shipping_cents  INTEGER NOT NULL,
    tax_cents       INTEGER NOT NULL,
    total_cents     INTEGER NOT NULL,
    carrier         TEXT NOT NULL
  );
  CREATE TABLE order_items (
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    product_id  INTEGER NOT NULL REFERENCES products (id),
    quantity    INTEGER NOT NULL,
    unit_cents  INTEGER NOT NULL,
    PRIMARY KEY (order_id, product_id)
  );`;

const INDEXES = `
  CREATE INDEX products_by_category ON products (category_id, price_cents);
  CREATE INDEX orders_by_customer ON orders (customer_id, placed_at);
  CREATE INDEX orders_by_time ON orders (placed_at, id);
  CREATE INDEX reservations_by_expiry ON reservations (expires_at);
  CREATE INDEX reservation_items_by_reservation ON reservation_items (reservation_id);`;

const MIGRATIONS = [
  { version: 1, name: 'catalogue', script: CATALOGUE },
  { version: 2, name: 'customers', script: CUSTOMERS },
  { version: 3, name: 'carts', script: CARTS },
  { version: 4, name: 'orders', script: ORDERS },
  { version: 5, name: 'indexes', script: INDEXES },
];

/** Brings the database to the newest version; returns the names of the migrations it ran. */
export async function migrate(db) {
  const { user_version: current } = await db.get('PRAGMA user_version');
  const due = MIGRATIONS.filter(({ version }) => version > current);
  for (const { version, script } of due) {
    // A PRAGMA takes no parameters; the number is ours.
    await db.runScript(`BEGIN; ${script} PRAGMA user_version = ${version}; COMMIT;`);
  }
  return due.map(({ name }) => name);
}
