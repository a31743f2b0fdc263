/** A workspace, or a folder or file of it → what patterns look at. I/O: lists folders, reads texts. */
import { statSync } from 'node:fs';
import { scopeFor } from '../../load/node-scope.ts';
import { readSourceFile } from '../file/on-disk.ts';
import { filesIn, roleOf } from '../files.ts';
import { ignoredBy } from '../ignored.ts';
import { readManifests } from '../packages.ts';
import { createResolver } from '../resolve.ts';
import { Project } from './project.ts';
import { type Source, sourceOf } from './source.ts';

/** Bytes of a text: what is larger was made by a machine, and says nothing of how somebody writes. */
const LARGE = 1 << 20;
/** Somebody else's text, or what was made of one. */
const FOREIGN =
  /(?:^|\/)(?:vendors?|third[_-]party|bower_components|dist|\.next|\.nuxt|\.output|coverage)\/|\.min\.[cm]?js$/;

export interface ReadProject {
  project: Project;
  /** Files that could not be read, and why. */
  failed: { path: string; reason: string }[];
  leftOut: LeftOut[];
}

/** A file of the workspace that is too large to be read. */
export interface LeftOut {
  path: string;
  bytes: number;
}

/**
 * @param root absolute
 * @param onProgress told how far it is, 0 … 1
 */
export function readProject(root: string, onProgress: (share: number) => void = () => {}): ReadProject {
  const scope = scopeFor(root, { include: [], exclude: [] });
  const isIgnored = ignoredBy(root);
  const found = [...filesIn(root, scope)].filter((path) => !isIgnored(scope.name(path)));
  const failed: ReadProject['failed'] = [];
  const leftOut: LeftOut[] = [];
  const files: Source[] = [];
  for (const [nth, absolute] of found.entries()) {
    if (nth % 50 === 0) onProgress(nth / found.length);
    const path = scope.name(absolute);
    if (FOREIGN.test(path) || roleOf(path) === 'declaration') continue;
    const bytes = statSync(absolute).size;
    if (bytes > LARGE) {
      leftOut.push({ path, bytes });
      continue;
    }
    try {
      files.push(sourceOf(readSourceFile(absolute, path), roleOf(path) === 'test'));
    } catch (error) {
      failed.push({ path, reason: (error as Error).message });
    }
  }
  const paths = new Set(files.map(({ path }) => path));
  const resolver = createResolver(root, paths, readManifests(root, paths));
  const project = new Project(files, (from, specifier) => resolver.target(from, specifier));
  return { project, failed, leftOut };
}
