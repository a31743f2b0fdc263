/** `import { defineConfig } from 'intellimap'`: types for who writes `intellimap.config.ts`. Does nothing. */
import type { Extension } from '../base/extension/define.ts';
import type { Settings } from '../base/settings/index.ts';

/** What `intellimap.config.ts` may say; all of it is optional. docs/configuration.md explains each setting. */
export type Config = {
  [Name in keyof Settings]?: { -readonly [Key in keyof Settings[Name]]?: Settings[Name][Key] };
} & {
  /** What `intellimap/extend` makes, or names of packages and paths of files (`./…`, from the root of the workspace) whose default export is one, or a list of them. */
  extend?: readonly (Extension | string)[];
};

/** Gives back what it is given, checked by the compiler and completed by the editor. */
export const defineConfig = (config: Config): Config => config;
