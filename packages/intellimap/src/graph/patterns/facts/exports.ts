/** What a file exports, by name: `default`, `module.exports` (all of it), `* n` for all of another module. */
import { bareNode, childAt, childrenOf, Field, Kind, NONE, textOf, type Tree } from '../../tree/tree.ts';
import type { Ref } from '../project.ts';
import type { Source } from '../source.ts';
import { dotted, propertyName } from './names.ts';

type Exports = Map<string, Ref | { from: string; name: string }>;

export function exportsOf(file: Source): Exports {
  const all: Exports = new Map();
  const { tree } = file;
  for (const statement of childrenOf(tree, 0))
    switch (tree.kind[statement]) {
      case Kind.ExportNamedDeclaration:
        named(file, statement, all);
        break;
      case Kind.ExportDefaultDeclaration:
        all.set('default', { file, node: childAt(tree, statement, Field.declaration) });
        break;
      case Kind.ExportAllDeclaration: {
        const from = textOf(tree, childAt(tree, statement, Field.source));
        const as = childAt(tree, statement, Field.exported);
        all.set(as === NONE ? `* ${all.size}` : textOf(tree, as), { from, name: '*' });
        break;
      }
      case Kind.ExpressionStatement:
        assigned(file, childAt(tree, statement, Field.expression), all);
        break;
      default:
    }
  return all;
}

function named(file: Source, statement: number, all: Exports): void {
  const { tree } = file;
  const declaration = childAt(tree, statement, Field.declaration);
  const source = childAt(tree, statement, Field.source);
  if (declaration !== NONE) {
    for (const id of declaredIds(tree, declaration)) all.set(textOf(tree, id), { file, node: id });
    return;
  }
  for (const specifier of childrenOf(tree, statement, Field.specifiers)) {
    const local = childAt(tree, specifier, Field.local);
    const name = textOf(tree, childAt(tree, specifier, Field.exported));
    all.set(
      name,
      source === NONE ? { file, node: local } : { from: textOf(tree, source), name: textOf(tree, local) },
    );
  }
}

/** Identifiers, which lead on to what they are. */
function declaredIds(tree: Tree, declaration: number): number[] {
  if (tree.kind[declaration] !== Kind.VariableDeclaration)
    return [childAt(tree, declaration, Field.id)].filter((id) => id !== NONE);
  return childrenOf(tree, declaration)
    .map((each) => childAt(tree, each, Field.id))
    .filter((id) => id !== NONE && tree.kind[id] === Kind.Identifier);
}

/** `module.exports = a`, `exports.b = c` */
function assigned(file: Source, expression: number, all: Exports): void {
  const { tree } = file;
  const node = bareNode(tree, expression);
  if (node === NONE || tree.kind[node] !== Kind.AssignmentExpression) return;
  const left = childAt(tree, node, Field.left);
  const right = bareNode(tree, childAt(tree, node, Field.right));
  const text = dotted(tree, left);
  const name = /^(?:module\.)?exports\.([\w$]+)$/.exec(text)?.[1];
  if (name !== undefined) all.set(name, { file, node: right });
  else if (text === 'module.exports' || text === 'exports') {
    all.set('module.exports', { file, node: right });
    if (tree.kind[right] === Kind.ObjectExpression)
      for (const property of childrenOf(tree, right)) {
        const key = propertyName(tree, property);
        if (key !== null) all.set(key, { file, node: childAt(tree, property, Field.value) });
      }
  } else if (tree.kind[right] === Kind.AssignmentExpression) assigned(file, right, all); // exports = module.exports = a
}
