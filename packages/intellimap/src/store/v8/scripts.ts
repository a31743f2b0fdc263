/** Which text a script of V8's is: by its name, and of several versions the one that its places fit. */
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addTo } from '../../base/groups.ts';
import type { ModuleLine, MovedText, SiteTable } from '../../base/recording.ts';
import { TextPlaces } from './text-places.ts';

/** IntelliMap's own code within programs. */
const OWN = /^node:internal\/intellimap|^intellimap:|\/intellimap\/dist\/bundle\/\w+\.[cm]js$/;

export const isOwnScript = (url: string): boolean => OWN.test(url);

/** What V8 calls a script → absolute path; as it is where it is no file. */
export function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}

/** As recordings name files; null where there is none. */
export function nameOf(url: string, root: string): string | null {
  if (url === '') return null;
  const path = withoutQuery(pathOf(url));
  if (!isAbsolute(path)) return path;
  const inside = relative(root, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/');
}

/** Loaders tell versions of a file apart so (`app.ts?namespace=…`). */
const withoutQuery = (path: string): string => path.replace(/[?#].*$/, '');

/** The texts that ran in one process. */
export class ProcessTexts {
  readonly #byPath = new Map<string, TextPlaces[]>();

  constructor(
    lines: readonly ModuleLine[],
    texts: ReadonlyMap<string, MovedText>,
    tables: ReadonlyMap<string, SiteTable>,
  ) {
    const keys = new Set(lines.flatMap((line) => (line.t === 'load' ? [line.key] : [])));
    for (const key of keys) {
      const [text, table] = [texts.get(key), tables.get(key)];
      if (text === undefined || table === undefined) continue;
      const places = new TextPlaces(text, table);
      addTo(this.#byPath, withoutQuery(text.script), places);
    }
  }

  /** @param fit how well its places fit a text; the best one is taken. Undefined: it was not instrumented. */
  find(url: string, fit: (places: TextPlaces) => number): TextPlaces | undefined {
    const found = this.#byPath.get(withoutQuery(pathOf(url))) ?? [];
    if (found.length <= 1) return found[0];
    const fits = found.map(fit);
    return found[fits.indexOf(Math.max(...fits))];
  }
}
