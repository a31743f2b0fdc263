// Many at a time: a query for each batch of 500.
import { db } from './db.ts';

export async function namesOf(ids: number[]) {
  const names = new Map<number, string>();
  for (const batch of batches(ids, 500)) {
    const rows = await db.query('SELECT id, name FROM users WHERE id = ANY($1)', [batch]);
    for (const row of rows) names.set(row.id, row.name);
  }
  return names;
}

function* batches(all: number[], size: number) {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
