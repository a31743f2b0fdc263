// Zod checks orders, most of them good.
import { z } from 'zod';

export const own = ['node_modules/zod/**'];

export function prepare() {
  const line = z.object({
    sku: z.string().min(3),
    count: z.number().int().positive(),
    price: z.number(),
    tags: z.array(z.string()),
  });
  const order = z.object({
    id: z.uuid(),
    mail: z.email(),
    state: z.enum(['open', 'paid', 'sent']),
    lines: z.array(line).min(1),
    address: z.object({ street: z.string(), zip: z.string().regex(/^\d{5}$/) }).optional(),
    how: z.union([
      z.object({ kind: z.literal('card'), last: z.string() }),
      z.object({ kind: z.literal('bill') }),
    ]),
  });
  const orders = Array.from({ length: 30_000 }, (_, at) => ({
    id: `0b3f7a5e-7c1d-4f0e-9a55-${String(at).padStart(12, '0')}`,
    mail: at % 50 ? `buyer${at}@example.com` : 'nobody',
    state: 'paid',
    lines: Array.from({ length: 1 + (at % 5) }, (_, n) => ({
      sku: `sku-${n}`,
      count: n + 1,
      price: 9.5,
      tags: ['a', 'b'],
    })),
    address: at % 3 ? { street: 'Main', zip: at % 7 ? '12345' : '1' } : undefined,
    how: at % 2 ? { kind: 'bill' } : { kind: 'card', last: '1234' },
  }));
  return () => `${orders.filter((each) => order.safeParse(each).success).length}`;
}
