/** `docs/schemas/intellimap.config.schema.json`: for editors, where the configuration is JSON. Pure. */
import type { JsonSchema } from '../shape.ts';
import type { Section, Setting } from './setting.ts';

export const configurationSchema = (sections: Record<string, Section>): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'intellimap.config.schema.json',
  title: 'intellimap.config.json',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    extend: {
      description: 'Packages, and files (./…), that add analyses, patterns, events or places for runs.',
      type: 'array',
      items: { type: 'string' },
    },
    ...Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, sectionSchema(section)])),
  },
});

const sectionSchema = (section: Section): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries(section).map(([key, setting]) => [
      key,
      { description: setting.doc, default: setting.default, ...valueSchema(setting) },
    ]),
  ),
});

function valueSchema(setting: Setting): JsonSchema {
  const kinds = [
    kindSchema(setting),
    ...wordKinds(setting),
    ...(setting.default === null ? [{ type: 'null' }] : []),
  ];
  return kinds.length === 1 ? kinds[0] : { anyOf: kinds };
}

function kindSchema(setting: Setting): JsonSchema {
  if (setting.type === 'boolean') return { type: 'boolean' };
  if (setting.type === 'strings') return { type: 'array', items: { type: 'string' } };
  if (setting.type === 'string')
    return setting.words === undefined ? { type: 'string' } : { enum: setting.words };
  const { min, max, above, whole } = setting;
  return {
    type: whole === true ? 'integer' : 'number',
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
  };
}

const wordKinds = (setting: Setting): JsonSchema[] =>
  setting.type === 'number' && setting.words !== undefined ? [{ enum: setting.words }] : [];
