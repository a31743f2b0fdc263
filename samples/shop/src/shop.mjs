// Puts the parts of the shop together, starts them and stops them in order.

import { migrate } from './db/migrations.mjs';
import { Database } from './db/database.mjs';
import { seed } from './db/seed.mjs';
import { ShopBus } from './events/bus.mjs';
import { createApp } from './http/app.mjs';
import { RequestStats } from './http/middleware/access-log.mjs';
import { withPages } from './http/pages.mjs';
import { Logger } from './lib/logger.mjs';
import { RateLimiter } from './lib/rate-limiter.mjs';
import { CartRepository } from './repositories/carts.mjs';
import { CustomerRepository } from './repositories/customers.mjs';
import { OrderRepository } from './repositories/orders.mjs';
import { ProductRepository } from './repositories/products.mjs';
import { StockRepository } from './repositories/stock.mjs';
import { Auth, TokenSigner } from './services/auth.mjs';
import { CartService } from './services/cart.mjs';
import { Catalogue } from './services/catalogue.mjs';
import { Checkout } from './services/checkout.mjs';
import { Invoices, Thumbnails } from './services/documents.mjs';
import { Notifications } from './services/notifications.mjs';
import { OrderExport } from './services/order-export.mjs';
import { OrderHistory } from './services/order-history.mjs';
import { Payments } from './services/payments.mjs';
import { Pricing } from './services/pricing/pricing.mjs';
import { Recommendations } from './services/recommendations.mjs';
import { Reservations } from './services/reservations.mjs';
import { CatalogueSearch } from './services/search/catalogue-search.mjs';
import { ShippingQuotes } from './services/shipping/quotes.mjs';
import { Stocktake } from './services/stocktake.mjs';
import { ViewCounter } from './services/view-counter.mjs';
import { WorkerPool } from './workers/pool.mjs';

/** A shop that is ready for requests, without a port: `app` answers them, `close()` ends it. */
export async function openShop(config) {
  const db = await Database.open(config.databaseFile);
  await migrate(db);
  await seed(db, config.catalogueSeed);

  const services = createServices(config, db);
  await startServices(config, services);
  const api = createApp(services);
  const app = config.pagesFolder ? withPages(api, config.pagesFolder) : api;
  return { app, close: () => closeShop(db, services) };
}

function createRepositories(db) {
  return {
    carts: new CartRepository(db),
    customers: new CustomerRepository(db),
    orders: new OrderRepository(db),
    products: new ProductRepository(db),
    stock: new StockRepository(db),
  };
}

function createServices(config, db) {
  const { flags } = config;
  const repositories = createRepositories(db);
  const { carts, customers, orders, products, stock } = repositories;
  const log = new Logger(config.logLevel);
  const bus = new ShopBus();
  const pool = new WorkerPool(config.workerThreads);

  const pricing = new Pricing(flags);
  const shipping = new ShippingQuotes(flags);
  const history = new OrderHistory({ orders, flags });
  const recommendations = new Recommendations({ orders, products, flags });
  const reservations = new Reservations({ db, stock, bus, log });
  const cart = new CartService({ carts, products, stock, pricing });
  const { reservationMs, lowStockThreshold } = config;

  return {
    log,
    pool,
    orders,
    cart,
    shipping,
    history,
    recommendations,
    reservations,
    auth: new Auth({
      customers,
      signer: new TokenSigner(config.tokenSecret),
      lifetimeMs: config.tokenLifetimeMs,
    }),
    catalogue: new Catalogue({ products, stock, recommendations, views: new ViewCounter(customers), log }),
    checkout: new Checkout({
      db,
      repositories,
      cart,
      pricing,
      shipping,
      reservations,
      payments: new Payments(),
      bus,
      reservationMs,
    }),
    invoices: new Invoices({ pool, history, bus, log }),
    notifications: new Notifications({ bus, log, flushMs: config.mailFlushMs }),
    orderExport: new OrderExport(orders),
    search: new CatalogueSearch({ products, pool, flags }),
    stocktake: new Stocktake({ db, products, stock, bus, lowStockThreshold }),
    thumbnails: new Thumbnails(pool),
    stats: new RequestStats(),
    requestLimiter: new RateLimiter({ limit: config.requestsPerMinute }),
    couponLimiter: new RateLimiter({ limit: config.couponTriesPerMinute }),
  };
}

async function startServices(
  config,
  { catalogue, couponLimiter, recommendations, requestLimiter, reservations, search },
) {
  await Promise.all([catalogue.start(config.categoryRefreshMs), recommendations.build(), search.build()]);
  reservations.startSweeping(config.reservationSweepMs);
  for (const limiter of [requestLimiter, couponLimiter]) limiter.startPruning();
}

/** The other way round: first what makes work, then what does it, the database last. */
async function closeShop(db, services) {
  const { catalogue, couponLimiter, invoices, notifications, pool, requestLimiter, reservations } = services;
  for (const limiter of [requestLimiter, couponLimiter]) limiter.stopPruning();
  catalogue.stop();
  await reservations.stop();
  notifications.stop();
  await invoices.stop();
  await pool.close();
  await db.close();
}
