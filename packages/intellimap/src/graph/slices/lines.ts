/** What was found of a file, line by line, with why. Pure. */
import { bodyOwner, childAt, Field, Kind, NONE } from '../tree/tree.ts';
import { Why } from '../ssa/why.ts';
import type { FileOfSlice } from './file.ts';
import { REASONS, type SlicedLine, type SliceReason } from './slice.ts';

const WORD: Readonly<Record<number, SliceReason>> = {
  [Why.DATA]: 'data',
  [Why.CONTROL]: 'control',
  [Why.CALL]: 'call',
  [Why.MEMORY]: 'memory',
};
interface Found {
  why: Set<SliceReason>;
  of: Map<string, { path: string | null; line: number }>;
  /** Node of the innermost body that something of the line is in. */
  owner: number;
}

export function linesFound(file: FileOfSlice, text: string, started: ReadonlySet<number>): SlicedLine[] {
  const { walk, dependence, tree } = file;
  const texts = text.split('\n');
  const found = new Map<number, Found>();
  for (const item of walk.found) {
    const node = dependence.items.nodeOf(item);
    if (node === NONE) continue;
    for (const line of linesOfNode(file, node)) {
      const known = found.get(line) ?? { why: new Set(), of: new Map(), owner: 0 };
      found.set(line, known);
      // The line where a function begins is its own.
      known.owner = Math.max(known.owner, bodyOwner(tree, node));
      const reason = reasonOf(file, item, line);
      if (reason === undefined) continue;
      known.why.add(reason.why);
      known.of.set(`${reason.path ?? ''}:${reason.line}`, { path: reason.path, line: reason.line });
    }
  }
  const owners = new Map(dependence.flows.map(({ owner }, flow) => [owner, file.ids[flow]]));
  return [...found]
    .toSorted(([a], [b]) => a - b)
    .map(([line, { why, of, owner }]) => ({
      line,
      text: (texts[line - 1] ?? '').replace(/\r$/, ''),
      isStart: started.has(line),
      why: REASONS.filter((word) => why.has(word)),
      of: [...of.values()].toSorted((a, b) => Number(a.path !== null) - Number(b.path !== null) || a.line - b.line),
      function: owners.get(owner) ?? null,
    }));
} // prettier-ignore

/** Of a member the line of its name, too, which may stand below. */
function linesOfNode(file: FileOfSlice, node: number): number[] {
  const { tree } = file;
  const line = file.lineOf(node);
  if (tree.kind[node] !== Kind.MemberExpression) return [line];
  return [...new Set([line, file.lineOf(childAt(tree, node, Field.property))])];
}

/** The nearest line that the item is there for, which is not its own. */
function reasonOf(
  file: FileOfSlice,
  item: number,
  line: number,
): { why: SliceReason; path: string | null; line: number } | undefined {
  const { walk, dependence, origins } = file;
  // Of several links on the way, the nearest one that says more than that a value is used.
  let why: SliceReason = 'data';
  for (let at = item; ; at = walk.by[at]) {
    const origin = origins.get(at);
    if (origin !== undefined) return { why: 'call', ...origin };
    if (walk.by[at] === NONE) return undefined;
    if (why === 'data') why = WORD[walk.why[at]];
    const node = dependence.items.nodeOf(walk.by[at]);
    if (node === NONE) continue;
    const other = file.lineOf(node);
    if (other !== line) return { why, path: null, line: other };
  }
}
