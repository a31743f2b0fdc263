/**
 * Which function of the workspace does a foreign place mean? Positions decide, as the latest recording has them; where a name is told as well and says otherwise,
 * the file has changed since, and only a function of that name will do. Nothing is guessed.
 */
import { lowest } from '../base/search.ts';
import { addTo } from '../base/groups.ts';
import type { KnownFunction } from '../query/index.ts';

/** `line` from 1, `column` in UTF-16 units from 0. */
export interface Place {
  line: number;
  column: number;
}

export class Attribution {
  /** Path → its functions, outer ones in front of those within. */
  readonly #files = new Map<string, KnownFunction[]>();
  readonly #answers = new Map<string, KnownFunction | null>();
  readonly #ids = new Map<string, KnownFunction>();

  /** @param known by path, then in order of beginning, outer ones first */
  constructor(known: readonly KnownFunction[]) {
    for (const each of known) {
      this.#ids.set(each.id, each);
      addTo(this.#files, each.path, each);
    }
  }

  knows(path: string): boolean {
    return this.#files.has(path);
  }

  byId(id: string): KnownFunction | null {
    return this.#ids.get(id) ?? null;
  }

  /** The function that V8 means by its beginning: the `(` of its parameters, or what stands before it. */
  beginningAt(path: string, place: Place, name: string): KnownFunction | null {
    const all = this.#files.get(path);
    if (all === undefined || isSynthetic(name)) return null;
    if (place.line === 1 && place.column === 0) {
      const module = all.find(({ kind }) => kind === 'module');
      // V8 has no name for it, our exports have.
      if (name === '' || name === module?.name) return module ?? null;
    }
    return this.#checked(all, innermost(all, place), name);
  }

  /** The function of a range. Both tell the same end; the beginning may be that of a decorator, `async` or the name. */
  ofRange(path: string, start: Place, end: Place, name: string): KnownFunction | null {
    const all = this.#files.get(path);
    if (all === undefined || isSynthetic(name)) return null;
    const same = all.filter(
      (each) =>
        each.kind !== 'module' &&
        each.endLine === end.line &&
        each.endColumn === end.column &&
        !isAfter(each, start),
    );
    return this.#checked(all, same.at(-1) ?? innermost(all, start), name);
  }

  /** As `named`, which looks through the file; spans ask the same again and again. */
  remembered(path: string, line: number | null, name: string): KnownFunction | null {
    const key = `${line} ${path}\0${name}`;
    let found = this.#answers.get(key);
    if (found === undefined) this.#answers.set(key, (found = this.named(path, line, name)));
    return found;
  }

  /** The function of a name that begins in a line, or whose body has it; without a line the only one of that name. */
  named(path: string, line: number | null, name: string): KnownFunction | null {
    const functions = (this.#files.get(path) ?? []).filter(({ kind }) => kind !== 'module');
    // Our own exports have our names.
    const own = functions.filter((each) => each.name === name && (line === null || each.line === line));
    if (own.length === 1) return own[0];
    const named = functions.filter((each) => isNamed(name, each));
    if (line === null) return named.length === 1 ? named[0] : null;
    const beginning = functions.filter((each) => each.line === line && mayBe(name, each));
    if (beginning.length > 0)
      return onlyOne(beginning.filter((each) => isNamed(name, each))) ?? onlyOne(beginning);
    return named.findLast((each) => each.line <= line && each.endLine >= line) ?? null;
  }

  /** The known path that a foreign one ends in, as `/app/src/cart.ts` does in `src/cart.ts`; null: there is none. What a package has is no file of the workspace. */
  pathLike(path: string): string | null {
    if (this.#files.has(path)) return path;
    const parts = path.split('/');
    for (let from = 1; from < parts.length && parts[from - 1] !== 'node_modules'; from++) {
      const ending = parts.slice(from).join('/');
      if (this.#files.has(ending)) return ending;
    }
    return null;
  }

  #checked(all: KnownFunction[], found: KnownFunction | null, name: string): KnownFunction | null {
    if (found === null || mayBe(name, found)) return found;
    return onlyOne(all.filter((each) => each.kind !== 'module' && isNamed(name, each)));
  }
}

const onlyOne = (list: readonly KnownFunction[]): KnownFunction | null =>
  list.length === 1 ? list[0] : null;

/** The last one that begins at a place or before, and has it within. */
function innermost(all: readonly KnownFunction[], place: Place): KnownFunction | null {
  const after = lowest(all.length, (n) => isAfter(all[n], place));
  for (let at = after - 1; at >= 0; at--)
    if (all[at].kind === 'module' || has(all[at], place)) return all[at];
  return null;
}

const isAfter = (one: Place, other: Place): boolean =>
  one.line > other.line || (one.line === other.line && one.column > other.column);

const has = ({ endLine, endColumn }: KnownFunction, { line, column }: Place): boolean =>
  line < endLine || (line === endLine && column < endColumn);

/** Initializers of fields: V8 has functions for them, the source has none. */
const isSynthetic = (name: string): boolean => name.startsWith('<') && name.endsWith('>');

/** Whether a name is that of a function, as V8 and others tell names. */
function isNamed(name: string, known: KnownFunction): boolean {
  const told = lastName(name.replace(/^(?:get|set|async|static|new|bound) /, ''));
  if (told === '' || known.kind === 'module') return false;
  if (known.kind === 'constructor') return known.name.split(/[. ]/).includes(told);
  return told === lastName(known.name);
}

/** Whether a name does not speak against a function. Only plain names do: others are made up by whoever tells them. */
function mayBe(name: string, known: KnownFunction): boolean {
  if (isNamed(name, known) || !PLAIN.test(name.replace(/^[a-z]+ /, ''))) return true;
  return known.kind !== 'module' && !PLAIN.test(lastName(known.name));
}

const PLAIN = /^[\w$#]+(?:\.[\w$#]+)*$/;
const lastName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
