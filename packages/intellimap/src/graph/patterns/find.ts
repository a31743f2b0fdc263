/** All patterns in all files: one pass over the nodes of each. Pure. */
import { KIND_NAMES } from '../tree/kinds.ts';
import type { Roles } from './match.ts';
import type { Found, Pattern } from './pattern.ts';
import type { Project } from './project.ts';
import type { Source } from './source.ts';

export function findPatterns(project: Project, patterns: readonly Pattern[]): Found[] {
  const byKind = KIND_NAMES.map((_, kind) =>
    patterns.filter(({ match }) => match.over === 'nodes' && match.kinds[kind] === 1),
  );
  const found = project.files.flatMap((file) => foundIn(file, byKind, project));
  for (const pattern of patterns)
    if (pattern.match.over === 'project')
      for (const each of pattern.match.find(project)) found.push({ pattern, project, ...each });
  return found;
}

function foundIn(file: Source, byKind: readonly (readonly Pattern[])[], project: Project): Found[] {
  const found: Found[] = [];
  const { size, kind } = file.tree;
  for (let node = 0; node < size; node++) {
    const asked = byKind[kind[node]];
    for (const pattern of asked) {
      const roles = rolesAt(pattern, file, node, project);
      if (roles !== null) found.push({ pattern, file, node, roles, paths: [], project });
    }
  }
  return found;
}

function rolesAt({ match }: Pattern, file: Source, node: number, project: Project): Roles | null {
  if (match.over !== 'nodes') return null;
  for (const { holds } of match.conditions) if (!holds(file, node, project)) return null;
  return match.rolesOf === null ? {} : match.rolesOf(file, node, project);
}
