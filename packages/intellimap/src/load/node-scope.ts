/** The scope of a run on this machine: IntelliMap's own folders and the recordings are never instrumented. */
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createScope, type Scope } from './scope.ts';
import { OWN_SCRIPT } from './script-name.ts';
import type { LoadSettings } from './settings.ts';

/** Folder of IntelliMap's own programs, as a real path, which is how module URLs name it. */
const ownFolder = dirname(dirname(fileURLToPath(import.meta.url)));

export const isOwn = (path: string): boolean => path === OWN_SCRIPT || path.startsWith(ownFolder + sep);

export const scopeFor = (root: string, patterns: LoadSettings['patterns']): Scope =>
  createScope({ root, ...patterns, own: [ownFolder, join(root, '.intellimap')] });

/** Areas that programs import: what is on the stack of them is there because the program called it. */
const OFFERED = ['config', 'plugin', 'runtime', 'scenario'].map((area) => join(ownFolder, area) + sep);

/** Whether a frame of a stack is there because of us alone. */
export const isOwnFrame = (path: string): boolean =>
  isOwn(path) && !OFFERED.some((folder) => path.startsWith(folder));
