// The second needs what the first gave.
import { db } from './db.ts';

export async function ordersOf(email: string) {
  const user = await db.findUser(email);
  const orders = await db.findOrders(user.id);
  return { user, orders };
}
