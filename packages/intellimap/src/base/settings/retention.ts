/** Which recordings stay. After each `intellimap run`, and by `intellimap clean`. */
import type { Section } from './setting.ts';

export const retention = {
  automatic: {
    type: 'boolean',
    default: true,
    doc: 'Whether recordings beyond these limits are removed after each `intellimap run`.',
  },
  keep: {
    type: 'number',
    default: null,
    min: 1,
    whole: true,
    unit: 'recordings',
    doc: 'How many stay, the newest. `null`: any number (`intellimap clean` without options keeps 20).',
  },
  olderThan: {
    type: 'string',
    default: null,
    form: 'age',
    doc: 'Recordings that began longer ago go. `null`: whatever their age.',
  },
  maxSize: {
    type: 'string',
    default: '4G',
    form: 'size',
    doc: 'What all recordings and the database may take together; the oldest go first. `null`: any size.',
  },
} as const satisfies Section;
