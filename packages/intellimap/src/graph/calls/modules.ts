/** Imports, exports and namespaces. */
import { childAt, childrenOf, Field, Kind, NONE, textOf } from '../tree/tree.ts';
import type { Collector } from './collect.ts';
import { NO_SLOT, type Slot } from './facts.ts';
import { namesIn } from './patterns.ts';

export function importDeclaration(node: number, into: Collector): void {
  const { tree } = into;
  const specifier = textOf(tree, childAt(tree, node, Field.source));
  for (const each of childrenOf(tree, node, Field.specifiers)) {
    const kind = tree.kind[each];
    const name =
      kind === Kind.ImportDefaultSpecifier
        ? 'default'
        : kind === Kind.ImportNamespaceSpecifier
          ? '*'
          : textOf(tree, childAt(tree, each, Field.imported));
    const to = into.variable(childAt(tree, each, Field.local));
    if (to !== NO_SLOT) imported(specifier, name, to, each, into);
  }
}

/** `import a = require('x')` */
export function importEquals(node: number, into: Collector): void {
  const { tree } = into;
  const module = childAt(tree, node, Field.moduleReference);
  const id = childAt(tree, node, Field.id);
  if (tree.kind[module] !== Kind.TSExternalModuleReference) {
    into.flow(into.value(module), into.variable(id));
    return;
  }
  const specifier = textOf(tree, childAt(tree, module, Field.expression));
  const to = into.variable(id);
  if (to !== NO_SLOT) imported(specifier, 'require', to, node, into);
}

function imported(specifier: string, name: string, to: Slot, node: number, into: Collector): void {
  const { line, column } = into.ids.position(into.tree.start[node]);
  into.facts.imports.push({ specifier, name, to, owner: into.place.owner, line, column });
}

export function exportNamed(node: number, into: Collector): void {
  const { tree, facts } = into;
  const source = childAt(tree, node, Field.source);
  for (const each of childrenOf(tree, node, Field.specifiers)) {
    const name = textOf(tree, childAt(tree, each, Field.exported));
    const local = childAt(tree, each, Field.local);
    if (source === NONE) put(name, into.variable(local), into);
    else facts.exports.push({ name, from: NO_SLOT, specifier: textOf(tree, source), imported: textOf(tree, local) });
  }
  const declaration = childAt(tree, node, Field.declaration);
  if (declaration === NONE) return;
  into.value(declaration);
  for (const name of declaredBy(declaration, into)) put(textOf(tree, name), into.variable(name), into);
} // prettier-ignore

function* declaredBy(node: number, { tree }: Collector): Generator<number> {
  if (tree.kind[node] === Kind.VariableDeclaration)
    for (const each of childrenOf(tree, node)) yield* namesIn(childAt(tree, each, Field.id), tree);
  else {
    const id = childAt(tree, node, Field.id);
    if (id !== NONE && tree.kind[id] === Kind.Identifier) yield id;
  }
}

export function exportDefault(node: number, into: Collector): void {
  const { tree } = into;
  const isAll = tree.kind[node] === Kind.TSExportAssignment;
  const value = into.value(childAt(tree, node, isAll ? Field.expression : Field.declaration));
  if (value !== NO_SLOT) put(isAll ? 'export =' : 'default', value, into);
}

export function exportAll(node: number, into: Collector): void {
  const { tree, facts } = into;
  const exported = childAt(tree, node, Field.exported);
  const specifier = textOf(tree, childAt(tree, node, Field.source));
  const name = exported === NONE ? '*' : textOf(tree, exported);
  facts.exports.push({ name, from: NO_SLOT, specifier, imported: '*' });
}

/** An export of a namespace is a member of its object. */
function put(name: string, from: Slot, into: Collector): void {
  if (from === NO_SLOT) return;
  const { namespace } = into.place;
  if (namespace === NO_SLOT) into.facts.exports.push({ name, from, specifier: null, imported: name });
  else into.store(namespace, name, from, 0);
}

/** `namespace A { export … }` */
export function namespace(node: number, into: Collector): void {
  const { tree } = into;
  const body = childAt(tree, node, Field.body);
  const id = childAt(tree, node, Field.id);
  if (body === NONE || tree.kind[id] !== Kind.Identifier) return;
  const object = into.object();
  into.flow(object, into.variable(id));
  into.within({ namespace: object }, () => void into.value(body));
}
