// It leaves early where there is one.
import { createClient } from './client.ts';

let client: ReturnType<typeof createClient> | undefined;

export function getClient() {
  if (client) return client;
  client = createClient({ url: 'redis://localhost' });
  return client;
}
