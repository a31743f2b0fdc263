/** What package.json files list, and what beside imports makes use of it → rows. I/O: through used-by.ts. */
import { isBuiltin } from 'node:module';
import type { RowOf } from '../schema/index.ts';
import { type Manifest, type Section, SECTIONS } from './packages.ts';
import { installedAt, type Tools, toolsOf, usedBy } from './used-by.ts';

type DependencyRow = RowOf<'dependencies'>;

export function dependencyRows(root: string, manifests: readonly Manifest[]): DependencyRow[] {
  const everywhere = manifests.map((manifest) => toolsOf(root, manifest));
  return manifests.flatMap((manifest, index) => {
    // Members are used by scripts of the whole; what the whole lists serves its members, too.
    const tools = manifest.folder === '' ? joined(everywhere) : joined([everywhere[index]]);
    return listed(root, manifest, tools);
  });
}

const joined = (all: readonly Tools[]): Tools => ({
  configs: all.flatMap(({ configs }) => configs),
  scripts: all.flatMap(({ scripts }) => scripts),
  fields: all.flatMap(({ fields }) => fields),
});

function listed(root: string, manifest: Manifest, tools: Tools): DependencyRow[] {
  const names = new Set(SECTIONS.flatMap((section) => Object.keys(manifest.sections[section])));
  const installed = new Map([...names].map((name) => [name, installedAt(root, manifest.folder, name)]));
  const peerOf = (name: string): string | undefined =>
    [...installed].find(([other, facts]) => other !== name && facts?.peers.includes(name))?.[0];
  return SECTIONS.flatMap((section) =>
    Object.entries(manifest.sections[section]).map(([name, range]) => {
      const peer = peerOf(name);
      return {
        package: manifest.folder,
        name,
        section,
        range,
        line: lineOf(manifest.text, section, name),
        used_by:
          usedBy({ name, installed: installed.get(name) ?? null }, tools) ??
          typesFor(name, names) ??
          inPlaceOfNode(name) ??
          forRecordings(name) ??
          (peer === undefined ? null : `peer of ${peer}`),
      };
    }),
  );
}

/** `@types/x` serves `x`, which Node or the package itself has. */
function typesFor(name: string, names: ReadonlySet<string>): string | null {
  const inner = /^@types\/(.*)$/.exec(name)?.[1]?.replace(/^(.*)__/, '@$1/');
  if (inner === undefined) return null;
  return inner === 'node' || names.has(inner) ? `types of ${inner}` : null;
}

/** Bundlers take `buffer` for the package, Node for its own: an import of it does not tell. */
const inPlaceOfNode = (name: string): string | null =>
  isBuiltin(name) ? `bundlers, in place of Node's own` : null;

/** Of the recorder: it is started by hand, and loads its part in the program itself. */
const forRecordings = (name: string): string | null =>
  name === 'intellimap' || name === '@intellimap/probe' ? 'recordings' : null;

function lineOf(text: string, section: Section, name: string): number {
  const from = Math.max(0, text.indexOf(`"${section}"`));
  const at = text.indexOf(JSON.stringify(name), from);
  return text.slice(0, Math.max(0, at)).split('\n').length;
}
