/** Files of the built UI, and the pages that stand in where there are none. I/O: reads one folder, which may be built anew meanwhile. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface Page {
  type: string;
  bytes: Uint8Array;
  /** Its name changes with its text: it may be kept. */
  isLasting: boolean;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * What of a folder is answered to a path, e.g. `/assets/a.js`. Only what lies in it when it is asked has an answer: paths are looked up, never put
 * together. A path of no file is one of the screens, which the page itself tells apart.
 */
export function createPages(folder: string): (path: string) => Page | null {
  return (path) => {
    const names = namesIn(folder);
    const name = path.slice(1);
    if (names.includes(name)) return read(folder, name);
    if (path.startsWith('/assets/') || extname(path) !== '') return null;
    return names.includes('index.html') ? read(folder, 'index.html') : NOT_BUILT;
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      );
  } catch {
    return [];
  }
}

const read = (folder: string, name: string): Page => ({
  type: TYPES[extname(name)],
  bytes: readFileSync(join(folder, name)),
  isLasting: name.startsWith('assets/'),
});

const page = (title: string, text: string): Page => ({
  type: TYPES['.html'],
  bytes: Buffer.from(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>IntelliMap</title><h1>${title}</h1><p>${text}</p></html>\n`,
  ),
  isLasting: false,
});

const NOT_BUILT = page(
  'The UI was not built',
  'This is a clone of IntelliMap without it: <code>npm run build</code> makes it. Questions under <code>/api/</code> are answered all the same.',
);

/** For who came without being let in. Both texts are ours. */
export const refusedPage = (message: string, hint: string): Page =>
  page(message, hint.replaceAll('"', '&quot;'));

/**
 * From a page of elsewhere a redirect would go without the cookie, which is for our own pages only: this one goes on by itself.
 * @param to a path, encoded
 */
export const enteredPage = (to: string): Page => ({
  type: TYPES['.html'],
  bytes: Buffer.from(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${to}"><title>IntelliMap</title><a href="${to}">Go on</a></html>\n`,
  ),
  isLasting: false,
});
