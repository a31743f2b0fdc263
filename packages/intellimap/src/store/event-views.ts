/** Views of kinds of events that a workspace declares: `events_shop_ordered` has a column for each field. Pure. */
import { type EventFieldType, type EventsExtension, viewOfEvent } from '../base/extension/index.ts';
import { identifier, literal } from '../schema/index.ts';

const TYPES: Record<EventFieldType, string> = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
};

/** Statements that make them, over what `custom_events` means there. */
export const eventViews = (declared: readonly EventsExtension[]): string[] =>
  declared.flatMap(({ name: namespace, events }) =>
    Object.entries(events).flatMap(([event, { doc, fields }]) => {
      const name = `${namespace}/${event}`;
      const view = identifier(viewOfEvent(name));
      const columns = Object.entries(fields).map(
        ([field, { type }]) =>
          // A value of another type than was declared is none: what the program said is in `custom_events`.
          `TRY_CAST("values" ->> ${literal(`$."${field}"`)} AS ${TYPES[type]}) AS ${identifier(field)}`,
      );
      return [
        `CREATE VIEW ${view} AS SELECT thread_id, event_id, at_us, ${columns.map((each) => `${each}, `).join('')}` +
          `"function", call_id, task_id FROM custom_events WHERE name = ${literal(name)}`,
        `COMMENT ON VIEW ${view} IS ${literal(doc)}`,
        ...Object.entries(fields).map(
          ([field, { doc: of, unit }]) =>
            `COMMENT ON COLUMN ${view}.${identifier(field)} IS ${literal(unit === undefined ? of : `${of} [${unit}]`)}`,
        ),
      ];
    }),
  );
