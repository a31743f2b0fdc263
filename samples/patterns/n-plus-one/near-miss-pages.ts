// Each page tells where the next one begins.
import { client } from './client.ts';

export async function allEvents() {
  const events = [];
  let cursor: string | undefined;
  do {
    const page = await client.listEvents({ cursor });
    events.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return events;
}
