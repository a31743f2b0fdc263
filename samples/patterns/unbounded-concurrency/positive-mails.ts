// All subscribers at once; the function is named, not written there.
import { mailer } from './mailer.ts';

async function remind(user: { mail: string }) {
  await mailer.send(user.mail, 'your bill');
}

export async function remindAll(users: { mail: string }[]) {
  const results = await Promise.allSettled(users.map(remind));
  return results.filter(({ status }) => status === 'rejected').length;
}
