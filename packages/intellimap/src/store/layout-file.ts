/** The plan of the map, kept beside the database: it belongs to the workspace, so that a file stands at the same place in every run. I/O. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './replace-file.ts';

const layoutFile = (root: string): string => join(root, '.intellimap', 'layout.json');

/** null: there is none, or it cannot be read. */
export function readLayout(root: string): string | null {
  try {
    return readFileSync(layoutFile(root), 'utf8');
  } catch {
    return null;
  }
}

/** Where nothing can be written, the next map is laid out anew: nobody needs to be told. */
export function keepLayout(root: string, text: string): void {
  const file = layoutFile(root);
  try {
    replaceFile(file, text, { draft: `${file}.${process.pid}.tmp` });
  } catch {
    // As above.
  }
}
