// The list begins with what somebody wrote down, and grows.
import { db } from './db.ts';

export async function repair(pad: { id: string; head: number }) {
  const keys = [`pad:${pad.id}`];
  for (let rev = 0; rev <= pad.head; rev++) keys.push(`pad:${pad.id}:revs:${rev}`);
  for (const key of keys) {
    const value = await db.get(key);
    console.log(key, value);
  }
}
