/** Files of the workspace by the ends of their paths: what a page calls `/app.js` may be `public/app.js`. I/O: reads folders and files, inside of the workspace only. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

const LEFT_OUT = new Set(['node_modules', '.git', '.intellimap']);
const MAX_FILES = 100_000;
const MAX_BYTES = 32 << 20;

export class WorkspaceFiles {
  readonly root: string;
  #byName: Map<string, string[]> | undefined;
  readonly #texts = new Map<string, string | undefined>();

  constructor(root: string) {
    this.root = realpathSync(root);
  }

  /**
   * The file that a path (with `/`) or its end means: one that has this text. Without a text, one that the whole path is the end of.
   * @returns relative to the root, with `/`
   */
  find(path: string, text: string | undefined): string | undefined {
    const wanted = path.replace(/^(?:\.{0,2}\/)+/, '').split('/');
    const candidates = (this.#names().get(wanted.at(-1) ?? '') ?? []).toSorted(
      (a, b) => sameEnd(b, wanted) - sameEnd(a, wanted),
    );
    if (text !== undefined) return candidates.find((each) => this.text(each) === text);
    const whole = candidates.filter((each) => sameEnd(each, wanted) === wanted.length);
    return whole.find((each) => each === wanted.join('/')) ?? (whole.length === 1 ? whole[0] : undefined);
  }

  /** Undefined: there is none, or it is too long. */
  text(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, this.#read(path));
    return this.#texts.get(path);
  }

  #read(path: string): string | undefined {
    try {
      const file = realpathSync(join(this.root, path));
      const inside = relative(this.root, file);
      if (inside.startsWith('..') || statSync(file).size > MAX_BYTES) return undefined;
      return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return undefined;
    }
  }

  #names(): Map<string, string[]> {
    if (this.#byName !== undefined) return this.#byName;
    const byName = new Map<string, string[]>();
    const open = [this.root];
    let files = 0;
    for (let folder = open.pop(); folder !== undefined && files < MAX_FILES; folder = open.pop()) {
      for (const entry of entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) open.push(path);
        if (!entry.isFile()) continue;
        files++;
        const name = basename(path);
        const all = byName.get(name) ?? [];
        byName.set(name, all);
        all.push(relative(this.root, path).split(sep).join('/'));
      }
    }
    return (this.#byName = byName);
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** How many parts at the ends are the same. */
function sameEnd(path: string, wanted: readonly string[]): number {
  const parts = path.split('/');
  let same = 0;
  while (same < parts.length && same < wanted.length && parts.at(-1 - same) === wanted.at(-1 - same)) same++;
  return same;
}
