/** Where types stand in a program. Pure: a tree and its text → ranges that become spaces. */

export interface Node {
  type: string;
  start: number;
  end: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  [field: string]: any;
}

export interface Change {
  start: number;
  end: number;
  /** Spaces, when absent. */
  text?: string;
}

/** Nodes that are types and nothing else. */
const TYPES = new Set([
  'TSTypeAnnotation',
  'TSTypeParameterDeclaration',
  'TSTypeParameterInstantiation',
  'TSClassImplements',
]);
/** Statements, and members of classes, that are types and nothing else. */
const TYPE_STATEMENTS = new Set([
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
  'TSIndexSignature',
  'TSAbstractMethodDefinition',
  'TSAbstractPropertyDefinition',
]);
/** What is compiled to code. */
const MORE: Record<string, string> = {
  TSEnumDeclaration: 'an enum',
  TSModuleDeclaration: 'a namespace',
  TSParameterProperty: 'a parameter property',
  TSImportEqualsDeclaration: 'import =',
  TSExportAssignment: 'export =',
  Decorator: 'a decorator',
};

/** @param refuse told of syntax that is more than types; does not return */
export function blankTypes(
  program: Node,
  text: string,
  refuse: (node: Node, what: string) => never,
): Change[] {
  const changes: Change[] = [];
  const blank = (start: number, end: number): void => void changes.push({ start, end });
  const visit = (node: Node): void => {
    if (TYPES.has(node.type)) return blank(node.start, node.end);
    if (isTypeStatement(node)) {
      // An empty statement: what stands before may have counted on its end.
      changes.push({ start: node.start, end: node.start + 1, text: ';' });
      return blank(node.start + 1, node.end);
    }
    if (MORE[node.type] !== undefined) refuse(node, MORE[node.type]);
    partly(node, text, blank);
    for (const child of children(node)) visit(child);
    return undefined;
  };
  visit(program);
  return changes;
}

const isTypeStatement = (node: Node): boolean =>
  TYPE_STATEMENTS.has(node.type) ||
  node['declare'] === true ||
  (/^(Import|Export)\w*Declaration$/.test(node.type) &&
    (node['importKind'] === 'type' || node['exportKind'] === 'type')) ||
  (/^Export(?:Named|Default)Declaration$/.test(node.type) &&
    node['declaration'] &&
    isTypeStatement(node['declaration'])) ||
  (node.type === 'MethodDefinition' && node['value']?.['type'] === 'TSEmptyBodyFunctionExpression');

/** Nodes that are partly types. */
function partly(node: Node, text: string, blank: (start: number, end: number) => void): void {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      blank(node['expression'].end, node.end);
      break;
    case 'TSTypeAssertion':
      blank(node.start, node['expression'].start);
      break;
    case 'ImportSpecifier':
    case 'ExportSpecifier':
      if (node['importKind'] === 'type' || node['exportKind'] === 'type') withComma(node, text, blank);
      break;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      // A first parameter of this name is a type.
      if (node['params'][0]?.['name'] === 'this') withComma(node['params'][0], text, blank);
      break;
    case 'ClassDeclaration':
    case 'ClassExpression':
      keywords(text, node.start, node['body'].start, /\b(?:abstract|implements)\b/g, blank);
      break;
    case 'PropertyDefinition':
    case 'MethodDefinition':
      keywords(
        text,
        node.start,
        node['key'].start,
        /\b(?:public|private|protected|readonly|override)\b/g,
        blank,
      );
      mark(text, node['key'].end, /^\s*[?!](?=\s*[:;=(])/, blank);
      break;
    case 'Identifier':
      if (node['optional'] === true || node['definite'] === true)
        mark(text, node.start + node['name'].length, /^\s*[?!]/, blank);
      break;
    case 'VariableDeclarator':
      if (node['definite'] === true) mark(text, node['id'].start + node['id']['name'].length, /^\s*!/, blank);
      break;
  }
}

function withComma({ start, end }: Node, text: string, blank: (start: number, end: number) => void): void {
  blank(start, end + (/^\s*,/.exec(text.slice(end))?.[0].length ?? 0));
}

function keywords(
  text: string,
  start: number,
  end: number,
  words: RegExp,
  blank: (start: number, end: number) => void,
): void {
  for (const found of text.slice(start, end).matchAll(words))
    blank(start + found.index, start + found.index + found[0].length);
}

function mark(text: string, at: number, sign: RegExp, blank: (start: number, end: number) => void): void {
  const found = sign.exec(text.slice(at, at + 100));
  if (found !== null) blank(at, at + found[0].length);
}

function* children(node: Node): Generator<Node> {
  for (const value of Object.values(node))
    for (const each of Array.isArray(value) ? value : [value])
      if (typeof each?.type === 'string' && typeof each.start === 'number') yield each as Node;
}

/** From 1. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
