import express from 'express';
import { accessLog } from './middleware/access-log.mjs';
import { errorHandler, notFound } from './middleware/errors.mjs';
import { identify } from './middleware/authenticate.mjs';
import { rateLimit } from './middleware/rate-limit.mjs';
import { requestContext } from './middleware/request-context.mjs';
import { accountRoutes } from './routes/account.mjs';
import { adminRoutes } from './routes/admin.mjs';
import { cartRoutes } from './routes/carts.mjs';
import { catalogueRoutes } from './routes/catalogue.mjs';
import { sessionRoutes } from './routes/sessions.mjs';
import { Discount } from '../services/pricing/discounts.mjs';

/** The Express application: what every request passes, then the routes, then the ways out. */
export function createApp(services) {
  const { auth, log, requestLimiter, stats } = services;
  const app = express();
  app.disable('x-powered-by');

  app.use(requestContext);
  app.use(accessLog({ log, stats }));
  app.use(rateLimit(requestLimiter, (req) => req.ip));
  app.use(express.json({ limit: '64kb' }));
  app.use(identify(auth));

  app.get('/health', (_req, res) => {
    res.json(healthOf(services));
  });
  app.use(catalogueRoutes(services));
  app.use(sessionRoutes(services));
  app.use(cartRoutes(services));
  app.use(accountRoutes(services));
  app.use(adminRoutes(services));

  app.use(notFound);
  app.use(errorHandler({ log }));
  return app;
}

function healthOf({ notifications, pool, search, stats }) {
  return {
    status: 'ok',
    requests: stats,
    workers: pool.stats,
    searchableWords: search.words,
    discountsGranted: Discount.granted,
    lettersSent: notifications.delivered,
  };
}
