/** Views of kinds of events that a workspace declares: `events_shop_ordered` has a column for each field. Pure. */
import { type EventFieldType, type EventsExtension, viewOfEvent } from '../base/extension/index.ts';
import type { Column, ColumnType } from './column.ts';
import { identifier, literal } from './ddl.ts';
import { custom_events } from './tables/events.ts';
import type { View } from './view.ts';

const TYPES: Record<EventFieldType, ColumnType> = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
};

/** By name. */
export const eventViews = (declared: readonly EventsExtension[]): Record<string, View> =>
  Object.fromEntries(
    declared.flatMap(({ name, events }) =>
      Object.keys(events).map((event): [string, View] => {
        const full = `${name}/${event}`;
        return [viewOfEvent(full), viewOf(full, events[event])];
      }),
    ),
  );

function viewOf(name: string, { doc, fields }: EventsExtension['events'][string]): View {
  const { thread_id, event_id, at_us, function: by, call_id, task_id } = custom_events.columns;
  const own = Object.entries(fields);
  const values = own.map(
    ([field, { type }]) =>
      `TRY_CAST("values" ->> ${literal(`$."${field}"`)} AS ${TYPES[type]}) AS ${identifier(field)}, `,
  );
  return {
    doc,
    columns: {
      thread_id,
      event_id,
      at_us,
      ...Object.fromEntries(own.map(([field, facts]) => [field, columnOf(facts)])),
      function: by,
      call_id,
      task_id,
    },
    sql: () =>
      `SELECT thread_id, event_id, at_us, ${values.join('')}"function", call_id, task_id FROM custom_events WHERE name = ${literal(name)}`,
  };
}

const columnOf = ({ type, doc, unit }: EventsExtension['events'][string]['fields'][string]): Column => ({
  type: TYPES[type],
  doc,
  ...(unit !== undefined && { unit }),
  none: 'it was not said, or was no such value',
});
