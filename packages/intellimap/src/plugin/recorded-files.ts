/** Files as a bundler names them: which of them are recorded, and as what. I/O: looks where links lead. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { patternsOf } from '../load/globs.ts';
import { createScope, type Scope } from '../load/scope.ts';

const own = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

export class RecordedFiles {
  readonly #scope: Scope;
  readonly #realPaths = new Map<string, string>();

  /** @param root absolute real path of the workspace @param globs relative to it */
  constructor(root: string, globs: { include: string[]; exclude: string[] }) {
    this.#scope = createScope({
      root,
      include: patternsOf(globs.include),
      exclude: patternsOf(globs.exclude),
      own: [join(root, '.intellimap'), own],
    });
  }

  /** @param file absolute path, of a program text or a component */
  has(file: string): boolean {
    return this.#scope.covers(this.realPath(file));
  }

  /** What recordings call it. @param realPath absolute */
  name(realPath: string): string {
    return this.#scope.name(realPath);
  }

  /** Of a package that is linked into `node_modules` it is a file of the workspace. */
  realPath(file: string): string {
    const known = this.#realPaths.get(file);
    if (known !== undefined) return known;
    let real = file;
    try {
      real = realpathSync.native(file);
    } catch {
      // Somebody made it up.
    }
    this.#realPaths.set(file, real);
    return real;
  }
}
