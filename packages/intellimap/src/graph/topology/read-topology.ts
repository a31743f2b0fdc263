/** A workspace → its topology. I/O: reads texts, package.json files, and what names programs. */
import { entriesOf } from '../entries.ts';
import { readManifests } from '../packages.ts';
import { type LeftOut, readProject } from '../patterns/read-project.ts';
import type { Topology } from './model.ts';
import { type Entry, topologyOf } from './topology.ts';

export interface ReadTopology extends Topology {
  /** Files that were read. */
  files: number;
  failed: { path: string; reason: string }[];
  leftOut: LeftOut[];
}

/** What starts tests and tools is no program of the workspace. */
const NO_PROGRAM = /^(?:test|config|exports of package\.json|sideEffects of package\.json)$/;

/**
 * @param root absolute
 * @param onProgress told how far it is, 0 … 1
 */
export function readTopology(root: string, onProgress: (share: number) => void = () => {}): ReadTopology {
  const { project, failed, leftOut } = readProject(root, onProgress);
  const paths = new Set(project.files.map(({ path }) => path));
  const entries: Entry[] = [...entriesOf(root, paths, readManifests(root, paths))]
    .filter(([, why]) => !NO_PROGRAM.test(why))
    .map(([path, why]) => ({ path, why }));
  return { ...topologyOf(project, entries), files: project.files.length, failed, leftOut };
}
