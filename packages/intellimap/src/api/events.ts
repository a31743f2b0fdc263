/** `intellimap/events`: what a program needs to tell events of its own. Light enough for pages; does next to nothing when nobody records. */
export {
  defineEvents,
  type EventField,
  type EventFieldType,
  type EventKind,
  type EventKinds,
  type EventsExtension,
  type EventValues,
} from '../base/extension/events.ts';
