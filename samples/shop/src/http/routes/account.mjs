import { Router } from 'express';
import { orderParams } from '../schemas.mjs';
import { requireCustomer } from '../middleware/authenticate.mjs';
import { validate } from '../middleware/validate.mjs';

const RECOMMENDED = 6;

/** What belongs to one customer: orders, invoices, recommendations. */
export function accountRoutes({ history, invoices, recommendations }) {
  const routes = Router();

  routes.use(['/me', '/orders'], requireCustomer);

  routes.get('/me/orders', async (req, res) => {
    res.json({ items: await history.of(req.customer) });
  });

  routes.get('/me/recommendations', async (req, res) => {
    res.json({ items: await recommendations.forCustomer(req.customer, RECOMMENDED) });
  });

  routes.get('/orders/:orderId', validate({ params: orderParams }), async (req, res) => {
    res.json(await history.find(req.customer, req.valid.params.orderId));
  });

  routes.get('/orders/:orderId/invoice', validate({ params: orderParams }), async (req, res) => {
    const { html, etag } = await invoices.of(req.customer, req.valid.params.orderId);
    res.set('etag', etag).type('html').send(html);
  });

  return routes;
}
