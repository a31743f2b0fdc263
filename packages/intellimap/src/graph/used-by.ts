/** What uses a dependency beside imports: scripts, tools' configuration, types, peers. I/O: reads configuration and what is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isRecord } from '../base/is-record.ts';
import { sideTexts } from './entries.ts';
import { entriesIn, smallText } from './files.ts';
import { type Manifest, textsIn } from './packages.ts';

const NO_TOOL_FIELDS = ['name', 'version', 'description', 'keywords', 'author', 'license', 'repository', 'homepage', 'scripts', 'dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'overrides', 'resolutions', 'peerDependenciesMeta', 'main', 'module', 'types', 'bin', 'files', 'exports']; // prettier-ignore

/** Configuration of tools that is no program text (or has no extension at all). */
const CONFIG =
  /^(\.[\w-]+rc(\.json|\.ya?ml)?|[\w.-]*(config|conf)\.(json|ya?ml)|tsconfig[\w.-]*\.json|\.(swcrc|babelrc|npmrc|node-version)|biome\.jsonc?|[\w.-]+\.jsonc?)$/;
const LARGEST = 256 * 1024;
const NOT_CONFIG = /^(package(-lock)?|npm-shrinkwrap|composer|bun)\.json$/;

export const isToolConfig = (name: string): boolean => CONFIG.test(name) && !NOT_CONFIG.test(name);

export interface Tools {
  /** Texts of configuration, by file relative to the workspace. */
  configs: [file: string, text: string][];
  scripts: [name: string, text: string][];
  /** Texts in other fields of package.json. */
  fields: string[];
}

export function toolsOf(root: string, manifest: Manifest): Tools {
  const folder = join(root, manifest.folder);
  const configs: [string, string][] = [];
  for (const { name } of entriesIn(folder)) {
    if (!isToolConfig(name)) continue;
    const text = smallText(join(folder, name), LARGEST);
    if (text !== null) configs.push([posix.join(manifest.folder, name), text]);
  }
  for (const side of sideTexts(root, manifest.folder)) configs.push(side);
  const fields = Object.entries(manifest.json)
    .filter(([field]) => !NO_TOOL_FIELDS.includes(field))
    .flatMap(([, value]) => [...textsIn(value), ...keysIn(value)]);
  return { configs, scripts: Object.entries(manifest.scripts), fields };
}

const keysIn = (value: unknown): string[] =>
  isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]) : [];

/** A package as it is installed, as far as it matters here; null: it is not. */
export interface Installed {
  bins: string[];
  peers: string[];
}

export function installedAt(root: string, folder: string, name: string): Installed | null {
  for (const base of new Set([folder, ''])) {
    const file = join(root, base, 'node_modules', name, 'package.json');
    if (!existsSync(file)) continue;
    try {
      const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      const { bin, peerDependencies } = json;
      const bins = typeof bin === 'string' ? [name.replace(/^@[^/]+\//, '')] : Object.keys(bin ?? {});
      return { bins, peers: Object.keys(peerDependencies ?? {}) };
    } catch {
      return null;
    }
  }
  return null;
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
const asWord = (name: string): RegExp => new RegExp(String.raw`(?<![\w@/.-])${escaped(name)}(?![\w-])`);

/** Short names that tools give their plugins: `react` of `eslint-plugin-react`. */
const SHORT =
  /^(?:@[\w-]+\/)?(eslint-plugin|eslint-config|babel-plugin|babel-preset|prettier-plugin|stylelint-config|stylelint|postcss|jest-environment|commitlint-config)-?([\w-]*)$/;

export interface Wanted {
  name: string;
  installed: Installed | null;
}

/** What uses it, in words; null: nothing that was looked at. Imports are not looked at here. */
export function usedBy({ name, installed }: Wanted, { configs, scripts, fields }: Tools): string | null {
  const words = [name, ...(installed?.bins ?? [name.replace(/^@[^/]+\//, '')])];
  const script = scripts.find(([, text]) => words.some((word) => asWord(word).test(text)));
  if (script !== undefined) return `script ${JSON.stringify(script[0])}`;
  const config = configs.find(([, text]) => asWord(name).test(text));
  if (config !== undefined) return config[0];
  if (fields.some((text) => text === name || text.startsWith(`${name}/`))) return 'package.json';
  const short = SHORT.exec(name)?.[2];
  if (short) {
    const quoted = new RegExp(`["'](?:plugin:)?${escaped(short)}["'/:]`);
    const plugin = configs.find(([, text]) => quoted.test(text));
    if (plugin !== undefined) return plugin[0];
    if (fields.includes(short)) return 'package.json';
  }
  return null;
}
