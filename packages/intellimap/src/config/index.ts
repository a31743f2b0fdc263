/** The configuration of a workspace. */
export { CONFIG_NAMES, type Configuration, findConfig, loadConfig } from './load.ts';
