/** Which file loads which when it loads, and circles of those. */
import { childAt, childrenOf, Field, Kind, NONE, textOf } from '../../tree/tree.ts';
import type { Project } from '../project.ts';
import type { Source } from '../source.ts';
import { requiredBy } from './names.ts';

/** File → files that it loads → where. */
export type ImportGraph = ReadonlyMap<Source, ReadonlyMap<Source, number>>;

export function importGraph(project: Project): ImportGraph {
  return new Map(project.files.map((file) => [file, loadedBy(file, project)]));
}

function loadedBy(file: Source, project: Project): Map<Source, number> {
  const { tree } = file;
  const found = new Map<Source, number>();
  const add = (specifier: string, node: number): void => {
    const to = project.fileAt(file, specifier);
    if (to !== null && to !== file && !found.has(to)) found.set(to, node);
  };
  for (const statement of childrenOf(tree, 0)) {
    const source = childAt(tree, statement, Field.source);
    if (source !== NONE && isLoaded(file, statement)) add(textOf(tree, source), statement);
  }
  // `require` in no function, wherever it stands; `import()` comes later.
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== Kind.CallExpression || file.owner[node] !== 0) continue;
    const specifier = requiredBy(tree, node);
    if (specifier !== null) add(specifier, node);
  }
  return found;
}

/** Of TypeScript, imports of types are not there when it runs: those marked so, and names that nothing but types use. */
function isLoaded(file: Source, statement: number): boolean {
  const { tree, scopes } = file;
  const specifier = textOf(tree, childAt(tree, statement, Field.source));
  if (file.typeImports.has(`${file.lineOf(statement)} ${specifier}`)) return false;
  if (tree.kind[statement] !== Kind.ImportDeclaration) return true;
  const locals = childrenOf(tree, statement, Field.specifiers).map((each) =>
    childAt(tree, each, Field.local),
  );
  if (!file.isTyped || locals.length === 0) return true;
  return locals.some(
    (local) => local !== NONE && scopes.bindingOf[local] >= 0 && isUsed(file, scopes.bindingOf[local]),
  );
}

const isUsed = ({ scopes: { bindings } }: Source, binding: number): boolean =>
  bindings.reads[binding] > 0 || bindings.writes[binding] > 1;

/** Of each group of files that all lead to each other, a shortest circle; and how many they are. Largest groups first. */
export function circles(graph: ImportGraph): { files: Source[]; group: number }[] {
  return components(graph)
    .filter((group) => group.length > 1)
    .map((group) => ({ files: shortestCircle(graph, new Set(group)), group: group.length }))
    .toSorted((a, b) => b.group - a.group || (a.files[0].path < b.files[0].path ? -1 : 1));
}

/** Strongly connected components. Tarjan 1972, with a stack of its own: chains of imports may be long. */
function components(graph: ImportGraph): Source[][] {
  const index = new Map<Source, number>();
  const low = new Map<Source, number>();
  const open: Source[] = [];
  const isOpen = new Set<Source>();
  const found: Source[][] = [];
  const enter = (file: Source): [Source, Iterator<Source>] => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    open.push(file);
    isOpen.add(file);
    return [file, graph.get(file)!.keys()];
  };
  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    while (path.length > 0) {
      const [file, rest] = path.at(-1)!;
      const next = rest.next();
      if (!next.done) {
        if (!index.has(next.value)) path.push(enter(next.value));
        else if (isOpen.has(next.value)) low.set(file, Math.min(low.get(file)!, index.get(next.value)!));
        continue;
      }
      path.pop();
      const above = path.at(-1)?.[0];
      if (above !== undefined) low.set(above, Math.min(low.get(above)!, low.get(file)!));
      if (low.get(file) === index.get(file)) found.push(closed(file, open, isOpen));
    }
  }
  return found;
}

function closed(file: Source, open: Source[], isOpen: Set<Source>): Source[] {
  const group = open.splice(open.indexOf(file));
  for (const each of group) isOpen.delete(each);
  return group;
}

/** Beginning with the file whose path comes first. */
function shortestCircle(graph: ImportGraph, group: ReadonlySet<Source>): Source[] {
  let best: Source[] = [];
  for (const start of [...group].toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const circle = circleFrom(start, graph, group);
    if (best.length === 0 || circle.length < best.length) best = circle;
    if (best.length === 2) break;
  }
  return best;
}

function circleFrom(start: Source, graph: ImportGraph, group: ReadonlySet<Source>): Source[] {
  const cameFrom = new Map<Source, Source>();
  let edge = [start];
  while (edge.length > 0) {
    const next: Source[] = [];
    for (const file of edge)
      for (const to of graph.get(file)!.keys()) {
        if (to === start) return pathTo(file, cameFrom);
        if (!group.has(to) || cameFrom.has(to)) continue;
        cameFrom.set(to, file);
        next.push(to);
      }
    edge = next;
  }
  return [start];
}

function pathTo(file: Source, cameFrom: ReadonlyMap<Source, Source>): Source[] {
  const path = [file];
  for (let at = cameFrom.get(file); at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
