/** Which file of the workspace a specifier leads to. I/O: the resolver looks at folders, package.json and tsconfig.json files. */
import { dirname, join, posix, sep } from 'node:path';
import { ResolverFactory } from 'oxc-resolver';
import { packageNameOf } from './package-name.ts';
import type { Manifest } from './packages.ts';

export interface Resolver {
  /** File of the workspace, relative to it; null: a package, a builtin, or nothing. */
  target: (from: string, specifier: string) => string | null;
}

/** Program texts first as they are written; a `.js` that is only there as `.ts` is that. */
export const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.json'];

export function createResolver(
  root: string,
  paths: ReadonlySet<string>,
  manifests: readonly Manifest[],
): Resolver {
  const asWritten = new ResolverFactory({
    tsconfig: 'auto',
    extensions: EXTENSIONS,
    extensionAlias: {
      '.js': ['.ts', '.tsx', '.js', '.jsx'],
      '.mjs': ['.mts', '.mjs'],
      '.cjs': ['.cts', '.cjs'],
      '.jsx': ['.tsx', '.jsx'],
    },
    conditionNames: ['source', 'node', 'import', 'require', 'types', 'default'],
    mainFields: ['module', 'main'],
  });
  // What conditions lead to first may be declarations, or the one of two builds that was not loaded.
  const resolvers = [
    asWritten,
    ...['require', 'import'].map((kind) => asWritten.cloneWithOptions({ extensions: EXTENSIONS, conditionNames: ['node', kind, 'default'] })),
  ]; // prettier-ignore
  const members = new Map(manifests.flatMap((each) => (each.name === undefined ? [] : [[each.name, each]])));
  const known = new Map<string, string | null>();
  const find = (from: string, specifier: string): string | null => {
    for (const resolver of resolvers) {
      const { path } = resolver.resolveFileSync(join(root, from), specifier);
      if (path?.startsWith(root + sep) !== true) continue;
      const inside = path
        .slice(root.length + 1)
        .split(sep)
        .join('/');
      if (paths.has(inside)) return inside;
    }
    // Members of a monorepo often lead to what is not built yet.
    const name = packageNameOf(specifier);
    const member = name === undefined ? undefined : members.get(name);
    return member === undefined ? null : sourceOf(member, specifier.slice(name!.length + 1), paths);
  };
  return {
    target(from, specifier) {
      const key = `${dirname(from)}\0${specifier}`;
      let answer = known.get(key);
      if (answer === undefined) known.set(key, (answer = find(from, specifier)));
      return answer;
    },
  };
}

function sourceOf({ folder }: Manifest, part: string, paths: ReadonlySet<string>): string | null {
  const stem = part.replace(/\.[cm]?[jt]sx?$/, '') || 'index';
  for (const place of [`src/${stem}`, stem, `lib/${stem}`, `src/${stem}/index`, `${stem}/index`])
    for (const extension of EXTENSIONS) {
      const path = posix.join(folder, place + extension);
      if (paths.has(path)) return path;
    }
  return null;
}
