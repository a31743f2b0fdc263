/** Where programs begin: what package.json files, scripts, tools and other files than program texts name. */
import { join, posix } from 'node:path';
import { entriesIn, isStartedTest, roleOf, smallText } from './files.ts';
import { type Manifest, textsIn } from './packages.ts';

/** Fields of package.json that name files which others start or import. */
const FIELDS = ['main', 'module', 'browser', 'bin', 'exports', 'imports', 'react-native', 'workerThreads', 'jest', 'ava', 'mocha', 'nyc', 'sideEffects', 'prisma', 'babel', 'eslintConfig'] as const; // prettier-ignore

/** path → why */
export function entriesOf(
  root: string,
  paths: ReadonlySet<string>,
  manifests: readonly Manifest[],
): Map<string, string> {
  const entries = new Map<string, string>();
  const put = (candidate: string | undefined, why: string): void => {
    if (candidate !== undefined && !entries.has(candidate)) entries.set(candidate, why);
  };
  for (const manifest of manifests) {
    const { folder } = manifest;
    for (const field of FIELDS)
      for (const text of textsIn(manifest.json[field]))
        for (const path of sourcesOf(text, folder, paths)) put(path, `${field} of package.json`);
    if (FIELDS.slice(0, 5).every((field) => manifest.json[field] === undefined))
      for (const path of sourcesOf('index.js', folder, paths)) put(path, 'index of a package');
    for (const [name, script] of Object.entries(manifest.scripts))
      for (const path of filesNamed(script, folder, paths)) put(path, `script ${JSON.stringify(name)}`);
    for (const [file, text] of sideTexts(root, folder))
      for (const path of filesNamed(text, folder, paths)) put(path, file);
  }
  for (const path of paths) {
    if (isStartedTest(path)) put(path, 'test');
    else if (roleOf(path) === 'config') put(path, 'config');
  }
  return entries;
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];
/** Folders that compilers write to. */
const OUTPUT = /^(dist|build|lib|out|output|esm|cjs|es)\//;

/** Files that a path in package.json means: itself, or what it is compiled from. `*` stands for anything. */
function sourcesOf(text: string, folder: string, paths: ReadonlySet<string>): string[] {
  const clean = posix.normalize(text.replace(/^\.\//, ''));
  if (/^[.@#]*[\w-]+$/.test(clean) && !paths.has(posix.join(folder, clean)))
    return known([`${clean}/index`, clean], folder, paths);
  if (clean.includes('*')) return starred(clean, folder, paths);
  const stem = clean.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
  const stems = [clean, stem, `${stem}/index`];
  const inner = stem.replace(OUTPUT, '');
  if (inner !== stem) {
    const deeper = inner.replace(OUTPUT, '');
    stems.push(...[inner, deeper].flatMap((each) => [`src/${each}`, each, `source/${each}`]));
  }
  return known(stems, folder, paths);
}

function known(stems: readonly string[], folder: string, paths: ReadonlySet<string>): string[] {
  for (const stem of stems)
    for (const extension of ['', ...EXTENSIONS]) {
      const path = posix.join(folder, stem + extension);
      if (paths.has(path)) return [path];
    }
  return [];
}

function starred(pattern: string, folder: string, paths: ReadonlySet<string>): string[] {
  const parts = posix.join(folder, pattern).split('*');
  return [...paths].filter((path) => path.startsWith(parts[0]) && path.length > parts[0].length);
}

/** Only from where a word begins: pages may hold words of 100,000 characters, which are not gone through from each of them. */
const FILE_WORD = /(?<![\w@.*/-])[\w@.*/-]*[\w*]\.[cm]?[jt]sx?\b|(?<![\w@.-])[\w@.-]+(?:\/[\w@.-]+)+\/?/g;

/** Words of a script, workflow or page that are paths of files. */
function filesNamed(text: string, folder: string, paths: ReadonlySet<string>): string[] {
  const words = new Set(text.match(FILE_WORD) ?? []);
  return [...words].flatMap((word) => {
    const clean = posix.normalize(word.replace(/^\.?\//, ''));
    if (clean.includes('*')) return starred(clean, folder, paths);
    const found = sourcesOf(clean, folder, paths);
    return found.length > 0 || folder === '' ? found : sourcesOf(clean, '', paths);
  });
}

const SIDE_FILE =
  /^(Dockerfile.*|Procfile|Makefile|.*\.(ya?ml|sh|html|toml)|nodemon\.json|vercel\.json|nest-cli\.json|tsconfig.*\.json)$/;
/** @param folder that it lies in, by its name alone */
export const isSideFile = (name: string, folder: string): boolean => SIDE_FILE.test(name) || folder === HOOKS;
const HOOKS = '.husky';
const SIDE_FOLDERS = ['', '.github/workflows', '.circleci', 'scripts', 'bin', 'public', HOOKS, 'src'];
const LARGEST = 256 * 1024;

/** Texts that are no program texts and may name files: [path, text]. */
export function* sideTexts(root: string, folder: string): Generator<[string, string]> {
  for (const side of SIDE_FOLDERS) {
    const inner = join(root, folder, side);
    for (const { name } of entriesIn(inner)) {
      if (!isSideFile(name, side)) continue;
      const text = smallText(join(inner, name), LARGEST);
      if (text !== null) yield [posix.join(folder, side, name), text];
    }
  }
}
