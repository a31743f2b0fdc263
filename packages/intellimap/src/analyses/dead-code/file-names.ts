/** Files that a text in a program may name: `./worker.js`, `plugins/*.js`, a folder whose files are loaded by their names. */
import type { Index } from '../graph-index.ts';

const EXTENSIONS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '/index.ts',
  '/index.js',
];

/** @param path the file that the text is in */
export function filesNamed(text: string, path: string, index: Index): string[] {
  if (text === '*') return [];
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const places = new Set([joined(folder, text), joined('', text)]);
  return [...places].flatMap((place) => {
    if (place === null || place === '') return [];
    if (place.includes('*')) return starred(place, index);
    const found = EXTENSIONS.map((extension) => place + extension).filter((each) => index.paths.has(each));
    if (found.length > 0 || !index.loadsAnything(path))
      return /[./]/.test(text) || index.loadsAnything(path) ? found : [];
    return [...index.paths].filter((each) => each.startsWith(`${place}/`));
  });
}

function starred(place: string, index: Index): string[] {
  const [before] = place.split('*', 1);
  return [...index.paths].filter((each) => each.startsWith(before) && each.length > before.length);
}

/** A path within the workspace; null when it leads out of it. */
function joined(folder: string, text: string): string | null {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
