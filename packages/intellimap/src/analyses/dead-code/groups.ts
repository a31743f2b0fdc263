/** Dead code that hangs together: a function, what stands in it, and what only it refers to, is one finding. Pure. */
import { addTo } from '../../base/groups.ts';
import type { Dead, DeadFunction } from './classify.ts';
import type { Index } from '../graph-index.ts';

/** The first is what the others hang on. */
export type Group = [DeadFunction, ...DeadFunction[]];

export function groupsOf(all: Dead): Group[] {
  const { functions: dead } = all;
  const byId = new Map(dead.map((each) => [each.row.ast_node_id, each]));
  const next = followers(all, byId);
  const referred = new Set([...next.values()].flat());
  const taken = new Set<string>();
  const groups: Group[] = [];
  // Those that nothing dead refers to come first; what is left refers to itself in a circle.
  const ordered = dead.toSorted(
    (a, b) => Number(referred.has(a.row.ast_node_id)) - Number(referred.has(b.row.ast_node_id)),
  );
  for (const root of ordered) {
    if (taken.has(root.row.ast_node_id)) continue;
    const group: Group = [root];
    taken.add(root.row.ast_node_id);
    for (const each of group)
      for (const id of next.get(each.row.ast_node_id) ?? []) {
        const found = byId.get(id);
        if (found === undefined || taken.has(id) || found.reason !== root.reason) continue;
        if ((found.seen === null) !== (root.seen === null)) continue;
        taken.add(id);
        group.push(found);
      }
    groups.push(group);
  }
  return groups;
}

/** Dead functions that each dead function leads to: those in it, those it refers to, and other members of a class that is dead as a whole. */
function followers({ index, reasons }: Dead, dead: ReadonlyMap<string, DeadFunction>): Map<string, string[]> {
  // What is alive hangs on nothing dead.
  const isDead = (holder: string): boolean =>
    ['unreferenced', 'unnamed', undefined].includes(reasons.ofUnit(holder));
  const next = new Map<string, string[]>();
  const add = (from: string, to: string | null): void => {
    if (to === null || to === from || !dead.has(to)) return;
    addTo(next, from, to);
  };
  for (const { row } of dead.values()) {
    if (row.parent !== null && dead.has(row.parent)) add(row.parent, row.ast_node_id);
    for (const unit of unitsFrom(row.ast_node_id, index, isDead)) add(row.ast_node_id, unit);
  }
  for (const members of index.members.values()) {
    const wholly = members.filter(({ unit }) => dead.get(unit)?.reason === 'unreferenced');
    const [first] = wholly;
    for (const { unit } of wholly.slice(1)) add(first.unit, unit);
  }
  return next;
}

/** What a function refers to, through classes, objects and variables. */
function unitsFrom(start: string, index: Index, isDead: (holder: string) => boolean): Set<string> {
  const found = new Set<string>();
  const visit = (unit: string): void => {
    for (const { kind, dst, path, specifier, name } of index.references.get(unit) ?? []) {
      if (kind === 'use') put(dst);
      if (kind === 'import') put(exportedUnit(path, specifier!, name!, index));
    }
  };
  const put = (unit: string | null): void => {
    if (unit === null || found.has(unit)) return;
    found.add(unit);
    if (!index.isHolder(unit) || !isDead(unit)) return;
    for (const member of index.members.get(unit) ?? []) put(member.unit);
    visit(unit);
  };
  visit(start);
  return found;
}

function exportedUnit(path: string, specifier: string, name: string, index: Index): string | null {
  const target = index.target(path, specifier);
  if (target === null) return null;
  return index.exportsOf(target).find((row) => row.name === name)?.dst ?? null;
}
