import { defineEvents } from 'intellimap/events';

export const acme = defineEvents({
  name: 'acme',
  events: {
    ordered: {
      doc: 'An order was taken',
      fields: {
        total: { type: 'number', unit: 'EUR', doc: 'What it comes to' },
        items: { type: 'integer', unit: 'items', doc: 'How many things are in it' },
        express: { type: 'boolean', doc: 'Whether it is to be there tomorrow' },
        customer: { type: 'text', doc: 'Who ordered', optional: true },
      },
    },
  },
});
