/** All sections of `intellimap.config.ts`. A new one is a file here and a line below. */
import { gate } from './gate.ts';
import { defaultsOf, type Section, type ValuesOf } from './setting.ts';

export { defaultsOf, type Section, type Setting, type ValuesOf } from './setting.ts';

export const SECTIONS = { gate } as const satisfies Record<string, Section>;

export type Settings = { readonly [K in keyof typeof SECTIONS]: ValuesOf<(typeof SECTIONS)[K]> };

export const DEFAULTS = Object.fromEntries(
  Object.entries(SECTIONS as Record<string, Section>).map(([name, section]) => [name, defaultsOf(section)]),
) as Settings;
