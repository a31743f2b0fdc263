/** Question: what does the workspace say of itself? I/O: reads its package.json. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isRecord } from '../base/is-record.ts';

export interface Project {
  /** That of its package; where that has none, of its folder. */
  name: string;
  /** Where the package begins; null: it does not say. */
  main: string | null;
  /** Names of its scripts. */
  scripts: string[];
}

/** A package that is not there, or cannot be read, says nothing. @param root folder of the workspace */
export function project(root: string): Project {
  const { name, main, scripts } = packageOf(root);
  return {
    name: typeof name === 'string' && name !== '' ? name : basename(root),
    main: typeof main === 'string' ? main : null,
    scripts: isRecord(scripts) ? Object.keys(scripts) : [],
  };
}

function packageOf(root: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return isRecord(found) ? found : {};
  } catch {
    return {};
  }
}
