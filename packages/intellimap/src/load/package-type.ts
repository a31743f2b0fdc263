/** The `type` of the package a file belongs to, found as Node finds it. I/O: package.json files, each read once. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const types = new Map<string, string | undefined>();

/** package.json files may have changed since. */
export const forgetPackageTypes = (): void => types.clear();

export function findPackageType(filename: string): string | undefined {
  let folder = dirname(filename);
  for (;;) {
    if (types.has(folder)) return types.get(folder);
    const type = readType(folder);
    if (type !== null) {
      types.set(folder, type);
      return type;
    }
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** null: there is no package.json here; undefined: there is one without a type. */
function readType(folder: string): string | undefined | null {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { type?: string }).type;
  } catch {
    return null;
  }
}
