/** Whether a file is an ES module or CommonJS, as bundlers see it. I/O: the package.json above it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { type Goal, isModuleText, type Lang } from '../transform/index.ts';

/** What only CommonJS has. */
const COMMONJS = /\b(?:module\s*\.\s*exports|exports\s*[.[]|require\s*\()/;

const isModulePackage = new Map<string, boolean>();

/** @param plain what a text is that shows neither: a module to those who know nothing else */
export function goalOf(text: string, file: string, lang: Lang, plain: Goal): Goal {
  const extension = extname(file);
  if (extension === '.mjs' || extension === '.mts') return 'module';
  if (isModuleText(text, lang)) return 'module';
  if (extension === '.cjs' || extension === '.cts') return 'commonjs';
  if (inModulePackage(dirname(file))) return 'module';
  return COMMONJS.test(text) ? 'commonjs' : plain;
}

/** Whether the nearest package.json says `"type": "module"`. */
function inModulePackage(folder: string): boolean {
  const known = isModulePackage.get(folder);
  if (known !== undefined) return known;
  const file = join(folder, 'package.json');
  const parent = dirname(folder);
  const found = existsSync(file) ? typeIn(file) === 'module' : parent !== folder && inModulePackage(parent);
  isModulePackage.set(folder, found);
  return found;
}

function typeIn(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown } | null)?.type;
  } catch {
    return undefined;
  }
}
