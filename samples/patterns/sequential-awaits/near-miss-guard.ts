// Between them stands a question: without a user nothing else is asked.
import { db } from './db.ts';

export async function settings(email: string, token: string) {
  const user = await db.findUser(email);
  if (user === undefined) throw new Error('who?');
  const theme = await db.findTheme(token);
  return { user, theme };
}
