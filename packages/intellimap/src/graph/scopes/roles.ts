/** What an identifier is where it stands: a name that is read, written or declared, or none at all. Pure; asks the nodes above it. */
import { bareNode, Field, Flag, has, Kind, textOf, type Tree } from '../tree/tree.ts';
import { BindingKind, Use } from './scopes.ts';

/** A number: `Use` bits, from bit 3 on the `BindingKind` of what it declares, and `EXPORTED`. */
export type Role = number;

const NOTHING: Role = 0;
const KIND_AT = 3;
/** Others get at what it names. */
const EXPORTED = 128;
const UPDATED: Role = Use.READ | Use.WRITE;

export const useOf = (role: Role): number => role & (Use.READ | Use.WRITE | Use.DECLARE);
export const kindOf = (role: Role): number => (role & (EXPORTED - 1)) >> KIND_AT;
export const isExported = (role: Role): boolean => (role & EXPORTED) !== 0;

/** It gets a value where it is declared. */
const made = (kind: number): Role => Use.DECLARE | Use.WRITE | (kind << KIND_AT);

/** @param node an `Identifier` or `JSXIdentifier` */
export function roleOf(tree: Tree, node: number): Role {
  if (tree.kind[node] === Kind.JSXIdentifier) return ofTag(tree, node);
  const above = tree.parent[node];
  const field = tree.field[node];
  switch (tree.kind[above]) {
    case Kind.MemberExpression:
      return field === Field.object || has(tree, above, Flag.COMPUTED) ? Use.READ : NOTHING;
    case Kind.MethodDefinition:
    case Kind.PropertyDefinition:
    case Kind.AccessorProperty:
      return field === Field.value || has(tree, above, Flag.COMPUTED) ? Use.READ : NOTHING;
    case Kind.Property:
      if (field === Field.key) return has(tree, above, Flag.COMPUTED) ? Use.READ : NOTHING;
      return asTarget(tree, node);
    case Kind.LabeledStatement:
    case Kind.BreakStatement:
    case Kind.ContinueStatement:
      return NOTHING;
    default:
      return field === Field.id ? ofNamed(tree, above, node) : ofOther(tree, above, node);
  }
}

/** Modules, qualified names, and all that is read or stands in a pattern. */
function ofOther(tree: Tree, above: number, node: number): Role {
  const field = tree.field[node];
  switch (tree.kind[above]) {
    case Kind.ImportSpecifier:
    case Kind.ImportDefaultSpecifier:
    case Kind.ImportNamespaceSpecifier:
      return field === Field.local ? made(BindingKind.IMPORT) : NOTHING;
    case Kind.ExportSpecifier:
      return field === Field.local ? ofExported(tree, above) : NOTHING;
    case Kind.ExportAllDeclaration:
      return NOTHING;
    case Kind.TSQualifiedName:
      return ofQualified(tree, node);
    default:
      return asTarget(tree, node);
  }
}

/** `export { a }`; `export { a } from 'b'` names nothing of this file. */
function ofExported(tree: Tree, specifier: number): Role {
  const declaration = tree.parent[specifier];
  const last = tree.after[declaration];
  for (let part = tree.after[specifier]; part < last; part = tree.after[part])
    if (tree.field[part] === Field.source) return NOTHING;
  return Use.READ | EXPORTED;
}

/** It stands where a declaration has its name. */
function ofNamed(tree: Tree, above: number, node: number): Role {
  switch (tree.kind[above]) {
    case Kind.FunctionDeclaration:
      return made(BindingKind.FUNCTION) | exported(tree, above);
    case Kind.ClassDeclaration:
      return made(BindingKind.CLASS) | exported(tree, above);
    case Kind.FunctionExpression:
    case Kind.ClassExpression:
      return made(BindingKind.SELF);
    case Kind.TSEnumDeclaration:
    case Kind.TSModuleDeclaration:
      return made(BindingKind.TYPESCRIPT) | exported(tree, above);
    case Kind.TSEnumMember:
      return made(BindingKind.TYPESCRIPT) | EXPORTED;
    case Kind.TSImportEqualsDeclaration:
      return made(BindingKind.IMPORT) | exported(tree, above);
    default:
      return asTarget(tree, node);
  }
}

const exported = (tree: Tree, declaration: number): Role => {
  const above = tree.kind[tree.parent[declaration]];
  return above === Kind.ExportNamedDeclaration || above === Kind.ExportDefaultDeclaration ? EXPORTED : 0;
};

/** `namespace A.B {}` declares A, and B within it; `import a = A.B` reads A. */
function ofQualified(tree: Tree, node: number): Role {
  let name = node;
  let isFirst = true;
  while (tree.kind[tree.parent[name]] === Kind.TSQualifiedName) {
    isFirst &&= tree.field[name] === Field.left;
    name = tree.parent[name];
  }
  if (tree.field[name] !== Field.id) return isFirst ? Use.READ : NOTHING;
  const role = made(BindingKind.TYPESCRIPT);
  return isFirst ? role | exported(tree, tree.parent[name]) : role | EXPORTED;
}

/** By what the whole pattern is for; what stands in none is read. */
export function asTarget(tree: Tree, node: number): Role {
  const pattern = patternAround(tree, node);
  const above = tree.parent[pattern];
  const field = tree.field[pattern];
  switch (tree.kind[above]) {
    case Kind.VariableDeclarator:
      return field === Field.id ? ofVariable(tree, above) : Use.READ;
    case Kind.FunctionDeclaration:
    case Kind.FunctionExpression:
    case Kind.ArrowFunctionExpression:
      return field === Field.params ? made(BindingKind.PARAMETER) : Use.READ;
    case Kind.CatchClause:
      return made(BindingKind.CATCH);
    case Kind.AssignmentExpression:
      if (field !== Field.left) return Use.READ;
      return textOf(tree, above) === '=' ? Use.WRITE : UPDATED;
    case Kind.UpdateExpression:
      return UPDATED;
    case Kind.ForInStatement:
    case Kind.ForOfStatement:
      return field === Field.left ? Use.WRITE : Use.READ;
    default:
      return Use.READ;
  }
}

/** The outermost pattern in which it is what gets a value; also goes through parentheses and types. */
function patternAround(tree: Tree, node: number): number {
  for (let at = node; ; at = tree.parent[at]) {
    const above = tree.parent[at];
    switch (tree.kind[above]) {
      case Kind.ArrayPattern:
      case Kind.ObjectPattern:
      case Kind.RestElement:
      case Kind.TSParameterProperty:
      case Kind.ParenthesizedExpression:
      case Kind.TSAsExpression:
      case Kind.TSNonNullExpression:
      case Kind.TSSatisfiesExpression:
      case Kind.TSTypeAssertion:
        continue;
      case Kind.AssignmentPattern:
        if (tree.field[at] === Field.left) continue;
        return at;
      case Kind.Property:
        if (tree.field[at] === Field.value && tree.kind[tree.parent[above]] === Kind.ObjectPattern) continue;
        return at;
      default:
        return at;
    }
  }
}

function ofVariable(tree: Tree, declarator: number): Role {
  const declaration = tree.parent[declarator];
  const word = textOf(tree, declaration);
  const kind = word === 'var' ? BindingKind.VAR : word === 'let' ? BindingKind.LET : BindingKind.CONST;
  const isGiven = tree.field[declaration] === Field.left || hasInit(tree, declarator);
  // `declare const a` says that there is one somewhere.
  if (!isGiven && kind === BindingKind.CONST) return NOTHING;
  return Use.DECLARE | (isGiven ? Use.WRITE : 0) | (kind << KIND_AT) | exported(tree, declaration);
}

/** Its pattern is its first part. */
const hasInit = (tree: Tree, declarator: number): boolean =>
  tree.after[declarator + 1] < tree.after[declarator];

/** `<Foo>` and `<foo.bar>` read a name; `<foo>` and `<x-y>` are the page's own elements. */
function ofTag(tree: Tree, node: number): Role {
  const name = textOf(tree, node);
  if (tree.field[node] === Field.object) return name === 'this' ? NOTHING : Use.READ;
  const isTag = tree.kind[tree.parent[node]] === Kind.JSXOpeningElement;
  return isTag && !/^[a-z]|-/.test(name) ? Use.READ : NOTHING;
}

/** It is called, as `eval(…)`: not as `eval?.(…)`. */
export function isCalled(tree: Tree, node: number): boolean {
  let at = node;
  while (bareNode(tree, tree.parent[at]) === node) at = tree.parent[at];
  const call = tree.parent[at];
  return (
    tree.kind[call] === Kind.CallExpression &&
    tree.field[at] === Field.callee &&
    !has(tree, call, Flag.OPTIONAL)
  );
}
