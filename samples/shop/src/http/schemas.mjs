// What requests must look like.

import { z } from 'zod';
import { passesLuhn } from '../lib/luhn.mjs';
import { ProductRepository } from '../repositories/products.mjs';

const id = z.coerce.number().int().positive();

export const productParams = z.object({ productId: id });

export const thumbnailQuery = z.object({
  size: z.enum(['32', '64', '128']).default('64').transform(Number),
});

export const listQuery = z.object({
  category: z.string().min(1).optional(),
  sort: z.enum(ProductRepository.sortings).default('name'),
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(50).default(12),
});

export const searchQuery = z.object({
  q: z.string().trim().min(2).max(80),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});

export const signInBody = z.object({ email: z.email(), password: z.string().min(1) });

export const cartParams = z.object({ cartId: z.uuid() });

export const cartItemParams = cartParams.extend({ productId: id });

export const addItemBody = z.object({
  productId: z.int().positive(),
  quantity: z.int().min(1).max(100),
});

export const couponBody = z.object({
  code: z.string().regex(/^[A-Z]+-[A-Z]+-\d{1,2}$/, 'a coupon looks like WELCOME-ALL-10'),
});

export const reservationBody = z.object({ holdSeconds: z.int().min(1).max(900) });

export const checkoutBody = z.object({
  cardNumber: z
    .string()
    .regex(/^\d{16}$/, 'a card number has 16 digits')
    .refine(passesLuhn, 'a digit of the card number is wrong'),
  carrier: z.string().optional(),
});

export const orderParams = z.object({ orderId: id });

export const exportQuery = z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) });

export const reportQuery = z.object({ year: z.coerce.number().int().min(2000).max(2100) });

export const stocktakeLine = z.object({
  sku: z.string().regex(/^[A-Z]{3}-\d{4}$/, 'not a stock number'),
  counted: z.int().min(0),
});
