/** package.json files of a workspace, as far as they say what is started and what is needed. I/O: reads them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';

export const SECTIONS = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface Manifest {
  /** Relative to the workspace; '' for the workspace itself. */
  folder: string;
  text: string;
  name?: string;
  private?: boolean;
  problem?: string;
  scripts: Record<string, string>;
  sections: Record<Section, Record<string, string>>;
  /** The rest, as it stands there. */
  json: Record<string, unknown>;
}

/** Those of the folders that hold program texts, and of the folders above them. @param paths of the texts, relative to the workspace */
export function readManifests(root: string, paths: Iterable<string>): Manifest[] {
  return [...foldersOf(paths)]
    .toSorted()
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => readManifest(root, folder));
}

function readManifest(root: string, folder: string): Manifest {
  const empty: Manifest = { folder, text: '', scripts: {}, sections: sectionsOf({}), json: {} };
  let text = '';
  try {
    text = readFileSync(join(root, folder, 'package.json'), 'utf8');
    const json = JSON.parse(text) as Record<string, unknown>;
    return {
      folder,
      text,
      ...(typeof json['name'] === 'string' && { name: json['name'] }),
      ...(json['private'] === true && { private: true }),
      scripts: strings(json['scripts']),
      sections: withOptionalPeers(sectionsOf(json), json['peerDependenciesMeta']),
      json,
    };
  } catch (error) {
    return { ...empty, text, problem: (error as Error).message };
  }
}

const sectionsOf = (json: Record<string, unknown>): Manifest['sections'] =>
  Object.fromEntries(SECTIONS.map((name) => [name, strings(json[name])])) as Manifest['sections'];

/** What is only listed as an optional peer is listed, too. */
function withOptionalPeers(sections: Manifest['sections'], meta: unknown): Manifest['sections'] {
  const optional = Object.keys(typeof meta === 'object' && meta !== null ? meta : {});
  const peerDependencies = {
    ...Object.fromEntries(optional.map((name) => [name, '*'])),
    ...sections.peerDependencies,
  };
  return { ...sections, peerDependencies };
}

/** Entries of an object whose values are texts. */
function strings(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Texts anywhere within a value: paths in `exports`, names of plugins. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Folder of the package that a path belongs to. */
export function ownerOf(path: string, manifests: readonly { folder: string }[]): string {
  let best = '';
  for (const { folder } of manifests)
    if (path.startsWith(`${folder}/`) && folder.length > best.length) best = folder;
  return best;
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set(['']);
  for (const path of paths)
    for (let folder = dirname(path); folder !== '.' && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  return folders;
}
