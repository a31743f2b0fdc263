/** What stands above groups, and on cards. Pure. */
import type { MapFacts } from './picture.ts';

/** Folders that say nothing of what is in them. */
const PLAIN = new Set(['src', 'lib', 'dist', 'source', 'build', 'app', 'packages', 'out']);

/** The last folder in capitals; with those around it as far as it takes to tell it from the others, and to say something. */
export function groupNames(folders: readonly string[], packages: MapFacts['packages']): string[] {
  const called = new Map(packages.map(({ folder, name }) => [folder, name]));
  const nameOf = (folder: string, parts: number): string =>
    folder === '' ? (called.get('') ?? 'workspace') : folder.split('/').slice(-parts).join('/');
  return folders.map((folder) => {
    const depth = folder.split('/').length;
    let parts = 1;
    const isVague = (): boolean =>
      PLAIN.has(nameOf(folder, parts)) ||
      nameOf(folder, parts).split('/')[0] === 'src' ||
      folders.some((other) => other !== folder && `/${other}`.endsWith(`/${nameOf(folder, parts)}`));
    while (parts < depth && isVague()) parts++;
    return nameOf(folder, parts).toUpperCase();
  });
}

/** Path without the folder of the group; the one around it stays where the file is called like many. */
export function cardTitle(path: string, folder: string): string {
  const rest = folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
  const isAnyones = /^(?:index|main|mod)\.[a-z]+$/.test(rest);
  return isAnyones && folder !== '' ? path.slice(folder.lastIndexOf('/') + 1) : rest;
}
