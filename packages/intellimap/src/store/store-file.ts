import { join } from 'node:path';

/** Path of a workspace's database. */
export const storeFile = (root: string): string => join(root, '.intellimap', 'store.duckdb');
