/** What was found of flags → rows. */
import { groupedBy } from '../../../base/groups.ts';
import type { FlagTarget, RowOf } from '../../../schema/index.ts';
import { bare, type Node } from '../../../transform/index.ts';
import type { Facts } from '../facts.ts';
import type { Found, Mention } from './collect.ts';
import { propertyName } from './expressions.ts';
import type { Side } from './sides.ts';
import { anyOf, byStart, within } from './stretches.ts';

export interface FlagRows {
  flagReads: RowOf<'source_flag_reads'>[];
  flagSides: RowOf<'source_flag_sides'>[];
}

/** To be asked when all declarations are known. */
export function flagRows(facts: Facts): FlagRows {
  const rows: FlagRows = { flagReads: [], flagSides: [] };
  const found = facts.flags.found();
  const places = targetsIn(facts, found);
  const spans = facts.flags.spans.toSorted(byStart);
  for (const [index, each] of found.entries()) {
    const id = `${facts.path}#?${index}`;
    rows.flagReads.push(readRow(id, each, facts));
    for (const [nth, side] of (each.decision?.sides ?? []).entries())
      rows.flagSides.push({
        read_id: id,
        path: facts.path,
        nth,
        taken: side.taken,
        cases: side.cases && JSON.stringify(side.cases),
        line: facts.lineOf(side.start),
        column: facts.columnOf(side.start),
        end_line: facts.lineOf(Math.max(side.start, side.end - 1)),
        targets: JSON.stringify(targetsOf(side, each.place.owner, places, spans)),
      });
  }
  return rows;
}

function readRow(id: string, { at, place, via, use, keptAs, decision }: Found, facts: Facts): RowOf<'source_flag_reads'> {
  const { flag } = at;
  return {
    id,
    path: facts.path,
    reader: place.owner,
    line: facts.lineOf(decision?.asks.start ?? at.node.start),
    source: flag.source === 'kept' ? 'config' : flag.source,
    name: flag.name,
    specifier: flag.specifier ?? null,
    imported: flag.imported ?? null,
    via,
    use,
    test: decision?.test ?? null,
    kept_as: keptAs,
    holds_for: at.values && JSON.stringify(at.values),
    negated: at.negated,
    fallback: at.fallback,
    exact: at.exact,
    alone: at.alone,
  };
} // prettier-ignore

interface PlacedTarget extends Omit<FlagTarget, 'only'> {
  owner: string;
  start: number;
  key: string;
}

interface Places {
  /** In the order of the text. */
  all: PlacedTarget[];
  /** How often a function leads somewhere: owner → key → times. */
  counts: Map<string, Map<string, number>>;
}

/** Where functions that decide by a flag, and functions within their sides, lead. */
function targetsIn(facts: Facts, found: readonly Found[]): Places {
  const owners = new Set(found.flatMap(({ decision, place }) => (decision === null ? [] : [place.owner])));
  const isInSide = anyOf(found.flatMap(({ decision }) => decision?.sides ?? []));
  const wanted = facts.flags.mentions.filter(
    ({ node, place }) => owners.has(place.owner) || isInSide(node.start),
  );
  const called = new Set(wanted.filter(({ how }) => how === 'call').map(({ node }) => bare(node['callee'])!.start));
  const all = wanted
    .filter(({ how, node }) => how !== 'refer' || !called.has(node.start))
    .flatMap((mention) => {
      const target = targetOf(mention, facts);
      if (target === undefined) return [];
      return [{ ...target, owner: mention.place.owner, start: mention.node.start, key: keyOf(target) }];
    });
  const counts: Places['counts'] = new Map();
  for (const [owner, places] of groupedBy(all, (place) => place.owner)) counts.set(owner, countedKeys(places));
  return { all: all.toSorted(byStart), counts };
} // prettier-ignore

type Known = Pick<FlagTarget, 'how' | 'dst' | 'specifier' | 'name'>;

function targetOf({ node, place, how }: Mention, facts: Facts): Known | undefined {
  if (how === 'load') return { how, dst: null, specifier: node['specifier'], name: '*' };
  const named = how === 'call' ? bare(node['callee'])! : node;
  const known = unitOf(named, place, facts);
  if (known === undefined) return undefined;
  const { dst, specifier = null, name = null } = known;
  if (dst === undefined) return how === 'refer' && specifier === null ? undefined : { how, dst: null, specifier, name };
  const fn = facts.isHolder(dst) ? facts.membersNamed(dst, 'constructor')[0] : dst;
  return fn === undefined ? undefined : { how, dst: fn, specifier: null, name: null };
} // prettier-ignore

interface Unit {
  dst?: string;
  specifier?: string;
  name?: string;
}

function unitOf(named: Node, { scope, cls }: Mention['place'], facts: Facts): Unit | undefined {
  if (named.type === 'Identifier' || named.type === 'JSXIdentifier') {
    const binding = scope.find(named['name']);
    return binding?.unit === undefined ? (binding?.imported ?? undefined) : { dst: binding.unit };
  }
  if (named.type !== 'MemberExpression') return undefined;
  const name = propertyName(named);
  if (name === undefined) return undefined;
  const object = bare(named['object']);
  const binding = object?.type === 'Identifier' ? scope.find(object['name']) : undefined;
  const of = object?.type === 'ThisExpression' ? cls : binding?.unit;
  const [own] =
    binding?.object === undefined
      ? of === undefined
        ? []
        : facts.membersNamed(of, name)
      : facts.membersOf(binding, name);
  if (own !== undefined) return { dst: own };
  if (binding?.imported?.name === '*') return { specifier: binding.imported.specifier, name };
  // Some method: runs tell whose.
  return { name };
}

/** How often each key comes. */
function countedKeys(places: readonly PlacedTarget[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of places) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const keyOf = ({ dst, specifier, name }: Known): string => JSON.stringify([dst, specifier, name]);

function targetsOf(
  side: Side,
  owner: string,
  { all, counts }: Places,
  spans: readonly { id: string; start: number }[],
): FlagTarget[] {
  const places = within(all, side);
  const here = countedKeys(places.filter((place) => place.owner === owner));
  const isElsewhere = (key: string): boolean => (counts.get(owner)?.get(key) ?? 0) > (here.get(key) ?? 0);
  const targets = new Map<string, FlagTarget>();
  for (const { how, dst, specifier, name, key } of places) {
    const known = targets.get(key);
    if (known === undefined || known.how === 'refer')
      targets.set(key, { how, dst, specifier, name, only: !isElsewhere(key) });
  }
  for (const { id } of within(spans, side)) {
    const target: FlagTarget = { how: 'inside', dst: id, specifier: null, name: null, only: true };
    targets.set(keyOf(target), target);
  }
  return [...targets.values()];
}
