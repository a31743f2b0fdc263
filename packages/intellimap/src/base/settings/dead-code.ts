/** What is called dead. */
import type { Section } from './setting.ts';

export const deadCode = {
  days: {
    type: 'number',
    default: null,
    min: 0,
    unit: 'days',
    doc: 'Runs older than this are not looked at. Without it, all that there are count: what ran once is not dead.',
  },
} as const satisfies Section;
