/**
 * `extend: […]` of a configuration → what it adds. I/O: imports packages and files of the workspace, which are its own code, as the configuration is.
 * Nothing here throws: what is wrong with an extension is a sentence, and the others are there.
 */
import { existsSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';
import type { Configuration } from './load.ts';
import {
  type DefinedAnalysis,
  type DefinedPattern,
  type DefinedStorage,
  type EventsExtension,
  type Extension,
  namesOf,
  problemsOf,
} from '../base/extension/index.ts';
import { importModule } from './import.ts';

export interface Extensions {
  analyses: DefinedAnalysis[];
  patterns: DefinedPattern[];
  events: EventsExtension[];
  storages: DefinedStorage[];
  /** Of those that could not be used: where it stands, and what is wrong with it. */
  problems: string[];
}

export const NO_EXTENSIONS: Extensions = {
  analyses: [],
  patterns: [],
  events: [],
  storages: [],
  problems: [],
};

/** Where one stands: `extend[1] "./audit.js"`. */
interface Given {
  at: string;
  value: unknown;
}

/** @param root of the workspace, from which packages and paths are resolved */
export async function loadExtensions(
  root: string,
  { file, extend }: Pick<Configuration, 'file' | 'extend'>,
): Promise<Extensions> {
  const found: Extensions = { analyses: [], patterns: [], events: [], storages: [], problems: [] };
  if (extend === undefined) return found;
  const where = file === null ? 'extend' : `${basename(file)}: extend`;
  if (!Array.isArray(extend)) {
    found.problems.push(`${where} is a list of extensions, and of names of packages and files`);
    return found;
  }
  const taken = new Map<string, string>();
  for (const [nth, entry] of (extend as unknown[]).entries())
    for (const given of await valuesOf(root, entry, `${where}[${nth}]`, found.problems))
      addSafely(found, given, taken);
  return found;
}

/** What an entry stands for: itself, or what a package or file exports. */
async function valuesOf(root: string, entry: unknown, at: string, problems: string[]): Promise<Given[]> {
  if (typeof entry !== 'string') return [{ at, value: entry }];
  const named = `${at} "${entry}"`;
  try {
    const exported = await Promise.resolve(await importModule(await fileOf(root, entry)));
    if (exported === undefined) {
      problems.push(`${named} has no default export; an extension, or a list of them, is wanted`);
      return [];
    }
    if (!Array.isArray(exported)) return [{ at: named, value: exported }];
    return (exported as unknown[]).map((value, nth) => ({
      at: `${named}, number ${nth + 1} of its list,`,
      value,
    }));
  } catch (error) {
    problems.push(`${named} cannot be used: ${sentenceOf(error)}`);
    return [];
  }
}

async function fileOf(root: string, name: string): Promise<string> {
  if (/^\.{1,2}\//.test(name) || isAbsolute(name)) {
    const file = resolve(root, name);
    if (!existsSync(file)) throw new Error(`there is no file ${file}`);
    return file;
  }
  // Node resolves for `import` only what stands beside the file that says it.
  const { ResolverFactory } = await import('oxc-resolver');
  const { path, error } = new ResolverFactory({ conditionNames: ['node', 'import', 'default'] }).sync(
    root,
    name,
  );
  if (path === undefined) throw new Error(error ?? 'it is not there');
  return path;
}

/** Getters of what is given may throw. */
function addSafely(found: Extensions, given: Given, taken: Map<string, string>): void {
  try {
    add(found, given, taken);
  } catch (error) {
    found.problems.push(`${given.at} is not used: ${sentenceOf(error)}`);
  }
}

function add(found: Extensions, { at, value }: Given, taken: Map<string, string>): void {
  const problems = problemsOf(value);
  if (problems.length > 0) {
    found.problems.push(`${at} ${nameOf(value)}is not used: ${problems.join('; ')}`);
    return;
  }
  const extension = value as Extension;
  for (const name of namesOf(extension)) {
    const other = taken.get(name);
    if (other !== undefined) {
      found.problems.push(`${at} ${nameOf(value)}is not used: ${other} has the same name (${name})`);
      return;
    }
  }
  for (const name of namesOf(extension)) taken.set(name, at);
  if (extension.extends === 'analysis') found.analyses.push(extension);
  else if (extension.extends === 'pattern') found.patterns.push(extension);
  else if (extension.extends === 'events') found.events.push(extension);
  else found.storages.push(extension);
}

function nameOf(value: unknown): string {
  const name: unknown = (value as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' && name !== '' ? `(${name.slice(0, 60)}) ` : '';
}

const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0].slice(0, 300);
