/** Source maps that a bundler's plugin kept with a build: `maps/<file of the bundle>.map`. I/O: reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MapOf, MapOfFile } from './stack-places.ts';

/** Maps of one build, each read once, when it is first asked for. */
export function mapsOfBuild(folder: string): MapOf {
  const root = join(folder, 'maps');
  let names: string[] | undefined;
  const read = new Map<string, MapOfFile | undefined>();
  return (url) => {
    names ??= namesIn(root);
    const name = nameOf(url, names);
    if (name === undefined) return undefined;
    if (!read.has(name)) read.set(name, readMap(join(root, name)));
    return read.get(name);
  };
}

/** URLs may have folders more in front, where the page is served from. Names come from what is there, never from the URL. */
function nameOf(url: string, names: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname } = new URL(url);
  const fitting = names.filter((name) => `${pathname}.map`.endsWith(`/${name}`));
  // Of `main.js` and `admin/main.js`, the longer one says more.
  return fitting.toSorted((a, b) => b.length - a.length)[0];
}

/** None: the build kept none. */
function namesIn(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.map'));
  } catch {
    return [];
  }
}

function readMap(file: string): MapOfFile | undefined {
  try {
    return { map: JSON.parse(readFileSync(file, 'utf8')) as MapOfFile['map'] };
  } catch {
    return undefined;
  }
}
