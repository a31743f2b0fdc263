/** `import { defineConfig } from 'intellimap'`: types for who writes `intellimap.config.ts`. Does nothing. */
import type { Settings } from '../base/settings/index.ts';

/** What `intellimap.config.ts` may say; all of it is optional. docs/configuration.md explains each setting. */
export type Config = {
  [Name in keyof Settings]?: { -readonly [Key in keyof Settings[Name]]?: Settings[Name][Key] };
};

/** Gives back what it is given, checked by the compiler and completed by the editor. */
export const defineConfig = (config: Config): Config => config;
