// Asked once, in front of the loop.
import { db } from './db.ts';

export async function labelled(items: { id: number }[]) {
  const rows = await db.query('SELECT * FROM labels WHERE item = ANY($1)', [items.map(({ id }) => id)]);
  const byItem = new Map<number, string>();
  for (const row of rows) byItem.set(row.item, row.label);
  for (const item of items) {
    const label = byItem.get(item.id);
    console.log(item.id, label);
  }
}
