/** Sources that scripts of pages come from: which files of the workspace they are, and the functions in them. */
import { join } from 'node:path';
import type { Site, SiteTable } from '../../base/recording.ts';
import { languageOf, type Scope } from '../../load/scope.ts';
import { siteTable } from '../../transform/index.ts';
import type { MappedSource, Place } from './script-text.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** A source, as far as it is known here. */
export interface KnownSource {
  /** Relative to the root, with `/`; else the URL. */
  path: string;
  /** Undefined: it is no file of the workspace that is recorded, or none that can be read as a program. */
  functions: Functions | undefined;
}

const FUNCTIONS = new Set(['function', 'arrow', 'method', 'getter', 'setter', 'constructor', 'static-block']);

/** Functions of one file. */
export class Functions {
  readonly module: Site | undefined;
  /** In order of beginning, outer ones first. */
  readonly #sites: Site[];

  constructor({ sites }: Pick<SiteTable, 'sites'>) {
    this.module = sites.find(({ kind }) => kind === 'module');
    this.#sites = sites
      .filter(({ kind }) => FUNCTIONS.has(kind))
      .toSorted(
        (a, b) =>
          a.line - b.line || a.column - b.column || b.endLine - a.endLine || b.endColumn - a.endColumn,
      );
  }

  /** The innermost one that a place is in. */
  at(place: Place): Site | undefined {
    return this.#sites.findLast((site) => !isAfter(site, place) && isBefore(place, site));
  }
}

const isAfter = (site: Place, { line, column }: Place): boolean =>
  site.line > line || (site.line === line && site.column > column);
const isBefore = ({ line, column }: Place, { endLine, endColumn }: Site): boolean =>
  line < endLine || (line === endLine && column < endColumn);

export class SourceSites {
  readonly #files: WorkspaceFiles;
  readonly #scope: Scope;
  readonly #known = new Map<string, KnownSource>();

  constructor(files: WorkspaceFiles, scope: Scope) {
    this.#files = files;
    this.#scope = scope;
  }

  of({ url, text }: MappedSource): KnownSource {
    // A file may be there in several versions.
    const key = `${url}\0${text?.length}\0${text}`;
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.#look(url, text)));
    return known;
  }

  #look(url: string, text: string | undefined): KnownSource {
    const named = pathIn(url);
    const path = this.#pathOf(named, text);
    if (path === undefined)
      return { path: named.includes('node_modules/') ? fromPackages(named) : url, functions: undefined };
    const source = text ?? this.#files.text(path);
    const lang = languageOf(path);
    if (source === undefined || lang === undefined || !this.#scope.has(join(this.#files.root, path)))
      return { path, functions: undefined };
    try {
      return {
        path,
        functions: new Functions(
          siteTable(source, { path, lang, goal: 'module', tier: 'performance', base: 1 }),
        ),
      };
    } catch {
      return { path, functions: undefined };
    }
  }

  #pathOf(named: string, text: string | undefined): string | undefined {
    const { root } = this.#files;
    const inside = named.startsWith(`${root}/`) ? named.slice(root.length + 1) : undefined;
    // What a dev server made of a file is not its text, but its name is that of the file.
    if (inside !== undefined) return this.#files.text(inside) === undefined ? undefined : inside;
    return this.#files.find(named, text);
  }
}

/** `http://localhost:5173/@fs/home/me/a.ts?t=1` → `/home/me/a.ts`; `webpack://shop/./src/a.ts` → `src/a.ts` */
export function pathIn(url: string): string {
  const plain = url.replace(/[?#].*$/, '');
  const found = /^[a-z][a-z\d+.-]*:\/\/[^/]*(\/.*)$/i.exec(plain)?.[1] ?? plain.replace(/^webpack:/, '');
  return decoded(found)
    .replace(/^\/@fs(?=\/)/, '')
    .replace(/^\/\.\//, '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const fromPackages = (path: string): string => path.slice(path.indexOf('node_modules/'));
