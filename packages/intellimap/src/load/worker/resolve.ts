/** Where relative imports lead when a host resolves them by itself (test runners), unseen by Node's hooks. I/O: asks what files there are. */
import { existsSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModuleLine, SiteTable } from '../../base/recording.ts';
import { withNodePrefix } from '../builtins.ts';

/** Endings tried for an import without one, and what TypeScript lets a `.js` specifier stand for. */
const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mts',
  '.mjs',
  '.cts',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
];

export function resolveRelative(
  table: SiteTable,
  path: string,
  name: (path: string) => string,
): ModuleLine[] {
  const lines: ModuleLine[] = [];
  for (const { specifier, kind } of table.imports) {
    const how = kind === 'require' ? 'require' : 'import';
    if (isBuiltin(specifier))
      lines.push({ t: 'resolve', from: table.path, specifier, to: withNodePrefix(specifier), kind: how });
    if (!/^(\.{1,2}\/|\/|file:)/.test(specifier)) continue;
    const target = specifier.startsWith('file:')
      ? fileURLToPath(specifier)
      : resolve(dirname(path), specifier);
    const stem = target.replace(/\.[cm]?js$/, '');
    const found = [...ENDINGS.map((end) => target + end), `${stem}.ts`, `${stem}.tsx`].find(isFile);
    if (found !== undefined)
      lines.push({ t: 'resolve', from: table.path, specifier, to: name(found), kind: how });
  }
  return lines;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
