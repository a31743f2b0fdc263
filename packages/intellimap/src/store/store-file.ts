/** Where the database lies. I/O: looks at that file. */
import { statSync } from 'node:fs';
import { join } from 'node:path';

/** Path of a workspace's database. */
export const storeFile = (root: string): string => join(root, '.intellimap', 'store.duckdb');

/** Another one when somebody has written since; to be asked while it is closed. */
export function stampOf(root: string): string {
  const file = storeFile(root);
  return [file, `${file}.wal`]
    .map((each) => statSync(each, { throwIfNoEntry: false, bigint: true }))
    .map((state) => (state === undefined ? '' : `${state.ino} ${state.size} ${state.mtimeNs}`))
    .join(';');
}
