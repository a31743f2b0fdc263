// A new database is filled once, by hand: nobody waits for it.
import { db } from './db.ts';

export async function seed(countries: { code: string; name: string }[]) {
  for (const country of countries) {
    await db.insert('countries', country);
  }
}
