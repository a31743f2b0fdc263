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

  /**
   * The function that V8 means by a name and the place where it begins: the innermost one there. Maps may know no better than the line: then the only one of
   * that name, or without any, which begins in it.
   */
  at(place: Place, name: string): Site | undefined {
    const found = this.#sites.findLast((site) => !isAfter(site, place) && isBefore(place, site));
    if (found !== undefined && mayBe(name, found)) return found;
    const beginning = this.#sites.filter((site) => site.line === place.line);
    // Of those without a name, maps give the beginning of the word before.
    const fits = beginning.filter((site) =>
      name === '' ? isNameless(site) && site.column >= place.column : isNamed(name, site),
    );
    return fits.length === 1 ? fits[0] : undefined;
  }
}

const isAfter = (site: Place, { line, column }: Place): boolean =>
  site.line > line || (site.line === line && site.column > column);
const isBefore = ({ line, column }: Place, { endLine, endColumn }: Site): boolean =>
  line < endLine || (line === endLine && column < endColumn);

const PLAIN = /^[\w$#]+$/;
const lastName = (name: string): string => name.slice(name.lastIndexOf('.') + 1).replace(/^(?:get|set) /, '');

/** What people call it has more than a name in it. */
const isNameless = ({ name }: Site): boolean => !PLAIN.test(lastName(name));

const isNamed = (name: string, { name: own }: Site): boolean =>
  name !== '' && lastName(name) === lastName(own);

/** Whether V8's name of a function does not speak against one of the source: names that people gave do, but for those that a compiler made shorter or longer. */
function mayBe(name: string, site: Site): boolean {
  const [told, known] = [lastName(name), lastName(site.name)];
  if (isNamed(name, site) || isNameless(site) || site.kind === 'constructor') return true;
  if (told === '') return false;
  return told.length <= 2 || told.includes('$') || known.includes(told) || told.includes(known);
}

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
