import { Router } from 'express';
import * as schemas from '../schemas.mjs';
import { requireCustomer } from '../middleware/authenticate.mjs';
import { rateLimit } from '../middleware/rate-limit.mjs';
import { validate } from '../middleware/validate.mjs';

export function cartRoutes({ cart, checkout, reservations, shipping, couponLimiter }) {
  const routes = Router();
  const withCart = validate({ params: schemas.cartParams });

  routes.use('/carts', requireCustomer);

  routes.post('/carts', async (req, res) => {
    res.status(201).json(await cart.create(req.customer));
  });

  routes.get('/carts/:cartId', withCart, async (req, res) => {
    res.json(await cart.view(req.customer, req.valid.params.cartId));
  });

  routes.post(
    '/carts/:cartId/items',
    validate({ params: schemas.cartParams, body: schemas.addItemBody }),
    async (req, res) => {
      res.status(201).json(await cart.addItem(req.customer, req.valid.params.cartId, req.valid.body));
    },
  );

  routes.delete(
    '/carts/:cartId/items/:productId',
    validate({ params: schemas.cartItemParams }),
    async (req, res) => {
      const { cartId, productId } = req.valid.params;
      await cart.removeItem(req.customer, cartId, productId);
      res.status(204).end();
    },
  );

  routes.put(
    '/carts/:cartId/coupon',
    // Codes are short enough to be guessed, so each cart gets a few tries a minute.
    rateLimit(couponLimiter, (req) => req.params.cartId),
    validate({ params: schemas.cartParams, body: schemas.couponBody }),
    async (req, res) => {
      res.json(await cart.setCoupon(req.customer, req.valid.params.cartId, req.valid.body.code));
    },
  );

  routes.get('/carts/:cartId/shipping-quotes', withCart, async (req, res) => {
    const { lines } = await cart.loadFilled(req.customer, req.valid.params.cartId);
    res.json({ items: await shipping.quoteAll(lines, req.customer.country) });
  });

  routes.post(
    '/carts/:cartId/reservation',
    validate({ params: schemas.cartParams, body: schemas.reservationBody }),
    async (req, res) => {
      const {
        cart: { id },
        lines,
      } = await cart.loadFilled(req.customer, req.valid.params.cartId);
      const { holdSeconds } = req.valid.body;
      await reservations.hold(id, lines, holdSeconds * 1_000);
      res.status(201).json({ cartId: id, holdSeconds });
    },
  );

  routes.post(
    '/carts/:cartId/checkout',
    validate({ params: schemas.cartParams, body: schemas.checkoutBody }),
    async (req, res) => {
      res.status(201).json(await checkout.placeOrder(req.customer, req.valid.params.cartId, req.valid.body));
    },
  );

  return routes;
}
