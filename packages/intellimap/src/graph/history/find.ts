/** A function of the work tree by its name, a part of it, or its id. Only files that hold the words of the name are read. I/O: runs `git`, reads files. */
import { languageOf } from '../../load/scope.ts';
import { type PastFunction, pathOfId } from './functions.ts';
import { pieces } from './git.ts';
import type { Repository } from './repository.ts';

/** Words that names of functions without one are made with. */
const MADE_UP = new Set([
  'callback',
  'new',
  'anonymous',
  'in',
  'get',
  'set',
  'static',
  'default',
  'constructor',
]);

/** Those that match best, as `show` has it: the name, its end, the name whatever its case, a part of name or id. */
export async function findFunctions(repository: Repository, wanted: string): Promise<PastFunction[]> {
  const idPath = pathOfId(wanted);
  const paths = idPath === undefined ? await filesWith(repository, wanted) : [idPath];
  const functions = paths.flatMap((path) => repository.now(path)?.functions ?? []);
  const ranked = functions.map((one) => ({ one, rank: rankOf(one, wanted) })).filter(({ rank }) => rank < 9);
  const best = Math.min(...ranked.map(({ rank }) => rank));
  return ranked.filter(({ rank }) => rank === best).map(({ one }) => one);
}

/** 9: not at all. */
function rankOf({ id, name, kind }: PastFunction, wanted: string): number {
  if (id === wanted) return 0;
  if (name === wanted) return 1;
  // What a module is made of is asked for by its path alone.
  if (kind === 'module' || pathOfId(wanted) !== undefined) return 9;
  if (name.endsWith(`.${wanted}`)) return 2;
  const [small, text] = [name.toLowerCase(), wanted.toLowerCase()];
  if (small === text) return 3;
  return small.includes(text) || id.includes(wanted) ? 4 : 9;
}

/** Program texts that git knows, which hold the longest word of the name, or are named so. */
async function filesWith(repository: Repository, wanted: string): Promise<string[]> {
  const words = wanted.match(/[\p{ID_Continue}$]+/gu)?.filter((word) => !MADE_UP.has(word)) ?? [];
  const longest = words.toSorted((a, b) => b.length - a.length)[0];
  const named = await listed(repository.root, ['ls-files', '-z', '--', wanted]);
  const found = longest === undefined
    ? await listed(repository.root, ['ls-files', '-z'])
    : await listed(repository.root, ['grep', '-l', '-z', '-I', '-i', '-F', '-e', longest]); // prettier-ignore
  return [...new Set([...named, ...found])].filter((path) => languageOf(path) !== undefined).toSorted();
}

/** `git grep` that finds nothing fails. */
async function listed(folder: string, args: string[]): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const path of pieces(folder, args)) found.push(path);
  } catch {
    return [];
  }
  return found;
}
