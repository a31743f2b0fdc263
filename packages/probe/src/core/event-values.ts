/** What an event of the program's own says, as it may be written down: few fields, short, of plain values. */
import type { Redaction } from './redact.ts';

/** Name of the channel on which Node's programs tell theirs, and of the global symbol that pages find the recorder by. */
export const EVENT_CHANNEL = 'intellimap:event';

const MAX_FIELDS = 32;
const MAX_NAME = 100;
const MAX_TEXT = 300;

// Taken now: programs may replace them later.
const { create, getOwnPropertyDescriptor, keys } = Object;

/** Fields that are no text, number or yes and no are left out, as are getters. @param values no proxy: reading it runs no code */
export function eventValues(values: object, { isSecretName, shown, token }: Redaction): object {
  const told = create(null) as Record<string, unknown>;
  const names = keys(values);
  for (let at = 0; at < names.length && at < MAX_FIELDS; at++) {
    const name = names[at];
    const value: unknown = getOwnPropertyDescriptor(values, name)!.value;
    const isText = typeof value === 'string';
    if (name.length > MAX_NAME || !(isText || typeof value === 'number' || typeof value === 'boolean'))
      continue;
    // Numbers may be those of cards.
    const text = isSecretName(name)
      ? token('secret', isText ? value : '', 'event')
      : shown(`${value}`, 'event', MAX_TEXT);
    told[name] = isText || text !== `${value}` ? text : value;
  }
  return told;
}

export const eventName = (name: string, { shown }: Redaction): string => shown(name, 'event', MAX_NAME);
