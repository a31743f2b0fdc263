/**
 * Kinds of events of a program's own. Declared once: the program tells them with `emit`, and who reads a recording finds a view with typed columns for each. This file
 * goes into programs and pages: it imports no more than it needs there, and does next to nothing when nobody records.
 */
import { type PageRecorder, tellOnPage } from './page-events.ts';

/** SQL types of the columns: `VARCHAR`, `DOUBLE`, `BIGINT`, `BOOLEAN`. */
export type EventFieldType = 'text' | 'number' | 'integer' | 'boolean';

export interface EventField {
  readonly type: EventFieldType;
  /** Meaning, as a sentence. */
  readonly doc: string;
  /** Unit of a number: `EUR`, `ms`, `items`. */
  readonly unit?: string;
  /** It may be left out. */
  readonly optional?: boolean;
}

export interface EventKind {
  /** What happened when it is told. */
  readonly doc: string;
  readonly fields: Readonly<Record<string, EventField>>;
}

export type EventKinds = Readonly<Record<string, EventKind>>;

interface Values {
  text: string;
  number: number;
  integer: number;
  boolean: boolean;
}

/** Fields of an event, as it is told. */
export type EventValues<K extends EventKind> = {
  readonly [
    F in keyof K['fields'] as K['fields'][F] extends { optional: true } ? never : F
  ]: Values[K['fields'][F]['type']];
} & {
  readonly [F in keyof K['fields'] as K['fields'][F] extends { optional: true } ? F : never]?:
    | Values[K['fields'][F]['type']]
    | undefined;
};

export interface EventsExtension<K extends EventKinds = EventKinds> {
  readonly extends: 'events';
  /** `acme`: stands in front of the names of its events, `acme/ordered`. */
  readonly name: string;
  readonly events: K;
  /** Tells one. Does nothing when nobody records; never throws. */
  readonly emit: <N extends keyof K & string>(event: N, values: EventValues<K[N]>) => void;
}

/** Name of the channel that Node's recorder listens to, and of the global symbol where a page's is. */
const CHANNEL = 'intellimap:event';

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}
interface Host {
  process?: { getBuiltinModule?: (name: string) => { channel(name: string): Channel } | undefined };
}

/**
 * Declares events of a program, for itself and for who reads its recordings:
 *
 *     export const shop = defineEvents({
 *       name: 'shop',
 *       events: {
 *         ordered: { doc: 'An order was placed', fields: { total: { type: 'number', unit: 'EUR', doc: 'What it comes to' } } },
 *       },
 *     });
 *     shop.emit('ordered', { total: 12.5 });
 */
export function defineEvents<const K extends EventKinds>(declared: {
  name: string;
  events: K;
}): EventsExtension<K> {
  const { name, events } = declared;
  return { extends: 'events', name, events, emit: emitter(name) };
}

function emitter(namespace: string): (event: string, values: object) => void {
  const channel = channelOfNode();
  if (channel !== undefined)
    return (event, values) => {
      if (channel.hasSubscribers) channel.publish({ name: `${namespace}/${event}`, values });
    };
  const key = Symbol.for(CHANNEL);
  const page = globalThis as Record<symbol, unknown>;
  return (event, values) => {
    const recorder = page[key] as PageRecorder | undefined;
    if (recorder !== undefined) tellOnPage(recorder, `${namespace}/${event}`, values);
  };
}

/** Asked of the process, not imported: bundlers for pages would look for it. */
function channelOfNode(): Channel | undefined {
  try {
    const { process } = globalThis as Host;
    return process?.getBuiltinModule?.('node:diagnostics_channel')?.channel(CHANNEL);
  } catch {
    return undefined;
  }
}

/** `shop/ordered` → `events_shop_ordered`, the view that shows them. */
export const viewOfEvent = (name: string): string =>
  `events_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;
