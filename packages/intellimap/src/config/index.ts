/** The configuration of a workspace. */
export { CONFIG_NAMES, type Configuration, findConfig, loadConfig } from './load.ts';
export { type Extensions, loadExtensions, NO_EXTENSIONS } from './extensions.ts';
