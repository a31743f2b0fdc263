/** Files that programs begin with, and which files each of them loads. */
import { childAt, Field, Kind, NONE, textOf } from '../tree/tree.ts';
import { importGraph } from '../patterns/facts/imports.ts';
import { dotted, requiredBy } from '../patterns/facts/names.ts';
import type { Project } from '../patterns/project.ts';
import type { Source } from '../patterns/source.ts';

export class Programs {
  readonly #loads: Map<Source, Set<Source>>;
  readonly #byPath: ReadonlyMap<string, Source>;
  readonly #closures = new Map<Source, ReadonlySet<Source>>();

  constructor(project: Project) {
    this.#byPath = new Map(project.files.map((file) => [file.path, file]));
    this.#loads = new Map([...importGraph(project)].map(([file, to]) => [file, new Set(to.keys())]));
    for (const file of project.files) {
      const { tree } = file;
      for (let node = 1; node < tree.size; node++) {
        if (tree.kind[node] !== Kind.ImportExpression) continue;
        const specifier = requiredBy(tree, node);
        const to = specifier === null ? null : project.fileAt(file, specifier);
        if (to !== null) this.#loads.get(file)!.add(to);
      }
    }
  }

  at(path: string): Source | null {
    return this.#byPath.get(path) ?? null;
  }

  /** All files that a program beginning with this one may load, itself included. */
  closure(entry: Source): ReadonlySet<Source> {
    let all = this.#closures.get(entry);
    if (all !== undefined) return all;
    const found = new Set([entry]);
    for (const file of found) for (const to of this.#loads.get(file) ?? []) found.add(to);
    this.#closures.set(entry, (all = found));
    return all;
  }

  /** The file of the workspace that a text in a file means: `./worker.js`, also of what is compiled. */
  fileOf(from: Source, text: string): Source | null {
    if (text === '' || text.includes('\0')) return null;
    const clean = text.replace(/^file:\/\//, '').replace(/[?#].*$/, '');
    const base = from.path.includes('/') ? from.path.slice(0, from.path.lastIndexOf('/')) : '';
    for (const folder of [base, ''])
      for (const path of spellings(normal(folder, clean))) {
        const found = this.#byPath.get(path);
        if (found !== undefined) return found;
      }
    return null;
  }
}

/** A file as it is named, and as it is written before it is compiled. */
function spellings(path: string): string[] {
  const stem = path.replace(/\.[cm]?[jt]sx?$/, '');
  const sources = [stem, stem.replace(/(^|\/)(?:dist|build|lib|out)\//, '$1src/')];
  return [path, ...sources.flatMap((each) => ENDINGS.map((ending) => each + ending))];
}
const ENDINGS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '/index.ts', '/index.js'];

function normal(folder: string, path: string): string {
  const parts = path.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  return parts.join('/');
}

/** `import.meta.url`, `__dirname`: where the file itself is; what is put behind it is relative to it. */
export function isHere(file: Source, node: number): boolean {
  const { tree } = file;
  if (node === NONE) return false;
  const text = dotted(tree, node);
  if (text === '__dirname' || text === '__filename') return true;
  if (tree.kind[node] !== Kind.MemberExpression) return false;
  const object = childAt(tree, node, Field.object);
  return tree.kind[object] === Kind.MetaProperty && textOf(tree, object) === 'import.meta';
}
