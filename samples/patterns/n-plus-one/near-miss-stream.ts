// Rows come one at a time, for as long as there are any: what is asked next is not known yet.
import { db } from './db.ts';

export async function copy(rows: AsyncIterable<{ id: string }>) {
  for await (const row of rows) {
    await db.insert('rows', row);
  }
}
