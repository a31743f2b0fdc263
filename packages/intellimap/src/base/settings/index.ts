/** All sections of `intellimap.config.ts`. A new one is a file here and a line below. */
import { query } from './query.ts';
import { record } from './record.ts';
import { report } from './report.ts';
import { retention } from './retention.ts';
import { coverageGap, drift, flags, hotPaths, hotspots, repeatedCalls, slowTasks } from './analyses.ts';
import { gate } from './gate.ts';
import { deadCode } from './dead-code.ts';
import { defaultsOf, type Section, type ValuesOf } from './setting.ts';

export { checkSettings } from './check.ts';
export { configurationMarkdown } from './docs.ts';
export { configurationSchema } from './schema.ts';
export type { Section, ValuesOf } from './setting.ts';
export { AGE_FORM, ageOf, SIZE_FORM, sizeOf } from './units.ts';

export const SECTIONS = {
  record,
  retention,
  query,
  report,
  hotPaths,
  drift,
  hotspots,
  coverageGap,
  repeatedCalls,
  slowTasks,
  flags,
  deadCode,
  gate,
} as const satisfies Record<string, Section>;

export type Settings = { readonly [K in keyof typeof SECTIONS]: ValuesOf<(typeof SECTIONS)[K]> };

export const DEFAULTS = Object.fromEntries(
  Object.entries(SECTIONS as Record<string, Section>).map(([name, section]) => [name, defaultsOf(section)]),
) as Settings;
