// What the answers of the shop must look like. Written from its documentation, not from its code.

import { z } from 'zod';

const cents = z.int().min(0);

const product = z.object({
  id: z.int(),
  sku: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  priceCents: cents,
  weightGrams: z.int(),
});

const price = z
  .object({
    subtotalCents: cents,
    discounts: z.array(z.object({ label: z.string(), cents })),
    discountCents: cents,
    wrappingCents: cents,
    shippingCents: cents,
    taxCents: cents,
    totalCents: cents,
  })
  .refine(addsUp, 'the amounts do not add up');

function addsUp({ subtotalCents, discountCents, wrappingCents, shippingCents, taxCents, totalCents }) {
  return subtotalCents - discountCents + wrappingCents + shippingCents + taxCents === totalCents;
}

const line = z.object({ productId: z.int(), name: z.string(), unitCents: cents, quantity: z.int().min(1) });

export const health = z.object({ status: z.literal('ok'), requests: z.object({ total: z.int() }) });

export const categories = z.object({
  items: z.array(z.object({ slug: z.string(), name: z.string(), products: z.int() })).length(10),
});

export const productPage = z.object({
  items: z.array(product).min(1),
  page: z.int(),
  pages: z.int(),
  total: z.int().min(1),
});

export const productDetail = product.extend({
  available: z.int().min(0),
  related: z.array(z.object({ id: z.int(), name: z.string() })).max(4),
});

export const searchResult = z.object({ understoodAs: z.string().min(1), items: z.array(product).min(1) });

export const session = z.object({
  token: z.string().regex(/^[\w-]+\.[\w-]+$/),
  // Strict: an answer with one field more might carry the password hash.
  customer: z.strictObject({
    id: z.int(),
    email: z.string(),
    name: z.string(),
    country: z.string(),
    tier: z.string(),
    role: z.string(),
  }),
});

export const newCart = z.object({ id: z.uuid(), status: z.literal('open') });

export const cart = z.object({
  id: z.uuid(),
  status: z.enum(['open', 'ordered']),
  lines: z.array(line),
  price,
});

export const coupon = z.object({ campaign: z.string(), tier: z.string(), percent: z.int() });

export const quotes = z.object({
  items: z.array(z.object({ carrier: z.string(), cents, days: z.int().min(1) })).length(3),
});

export const reservation = z.object({ cartId: z.uuid(), holdSeconds: z.int() });

export const placedOrder = z.object({
  id: z.int(),
  carrier: z.string(),
  lines: z.array(line).min(1),
  price,
  receipt: z.object({ card: z.string().regex(/^\*{12}\d{4}$/) }),
});

export const order = z.object({
  id: z.int(),
  placedAt: z.iso.datetime(),
  totalCents: cents,
  items: z.array(line).min(1),
});

export const orderList = z.object({ items: z.array(order).min(4) });

export const productList = z.object({ items: z.array(product).min(1).max(6) });

export const salesReport = z.object({
  orders: z.int().min(80),
  revenue: z.string(),
  months: z.array(z.object({ name: z.string(), cents, trend: z.int().nullable() })).length(12),
  bestSellers: z.array(z.object({ name: z.string(), cents })).length(5),
});

export const stocktake = z.object({
  accepted: z.int(),
  rejected: z.array(z.object({ line: z.int(), reason: z.string() })),
});

/** Every refusal has this form; `code` says which it must be. */
export function refusal(code) {
  return z.object({ error: z.object({ code: z.literal(code), message: z.string(), requestId: z.string() }) });
}
