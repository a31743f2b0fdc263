/**
 * Does moving a function's body into `try { … }` change what its top-level declarations mean?
 *
 * At the top of a function they behave like `var`; in a block they are lexical. That is the same program unless the name is
 * also declared otherwise: twice as a function, as a `var` anywhere in the body, as a parameter (sloppy `arguments` would no
 * longer see it), as a function of a nested block (Annex B.3.3), or by a direct `eval`. And a `let` with the name of a parameter
 * is a syntax error, which it would cease to be.
 */
import type { Node } from '../1-parse.ts';

export function hoistConflict(statements: Node[], params: Node[], text: string): boolean {
  return shadowsParameter(statements, params) || functionConflict(statements, params, text);
}

function shadowsParameter(statements: Node[], params: Node[]): boolean {
  if (params.length === 0) return false;
  let names: Set<string> | undefined;
  for (const statement of statements) {
    if (!isLexical(statement)) continue;
    const parameters = (names ??= namesOf(params));
    if (declared(statement).some((pattern) => binds(pattern, parameters))) return true;
  }
  return false;
}

/**
 * Is a name at the top of a static block both a `let` or class and a `var`? Node 20 and 22 overlook this syntax error when a block
 * stands around the two.
 */
export function declaredTwice(statements: Node[]): boolean {
  const patterns = statements.filter(isLexical).flatMap(declared);
  if (patterns.length === 0) return false;
  const names = namesOf(patterns);
  return statements.some((statement) => redeclares(statement, names, true));
}

const isLexical = (node: Node): boolean =>
  node.type === 'ClassDeclaration' || (node.type === 'VariableDeclaration' && node['kind'] !== 'var');

const declared = (node: Node): Node[] =>
  node.type === 'ClassDeclaration' ? [node['id']] : node['declarations'].map((d: Node) => d['id']);

function functionConflict(statements: Node[], params: Node[], text: string): boolean {
  const names = new Set<string>();
  for (const statement of statements) {
    const declared = unlabelled(statement);
    if (declared.type !== 'FunctionDeclaration' || !declared['id']) continue;
    const name: string = declared['id'].name;
    if (names.has(name) || name === 'arguments') return true;
    names.add(name);
  }
  if (names.size === 0) return false;
  if (params.some((param) => binds(param, names))) return true;
  if (statements.some((statement) => redeclares(statement, names, true))) return true;
  const first = statements[0];
  const last = statements.at(-1) as Node;
  return /\beval\s*\(/.test(text.slice(first.start, last.end));
}

function unlabelled(statement: Node): Node {
  let node = statement;
  while (node.type === 'LabeledStatement') node = node['body'];
  return node;
}

/** Is one of `names` declared again by a `var` or nested function of this statement? Does not look into expressions. */
function redeclares(node: Node | null, names: Set<string>, top: boolean): boolean {
  if (!node) return false;
  const inner = (child: Node | null): boolean => redeclares(child, names, false);
  switch (node.type) {
    case 'VariableDeclaration':
      return node['kind'] === 'var' && node['declarations'].some((d: Node) => binds(d['id'], names));
    case 'FunctionDeclaration':
      return !top && names.has(node['id']?.name);
    case 'LabeledStatement':
      return redeclares(node['body'], names, top);
    case 'BlockStatement':
      return node['body'].some(inner);
    case 'IfStatement':
      return inner(node['consequent']) || inner(node['alternate']);
    case 'ForStatement':
      return inner(node['init']) || inner(node['body']);
    case 'ForInStatement':
    case 'ForOfStatement':
      return inner(node['left']) || inner(node['body']);
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'WithStatement':
    case 'CatchClause':
      return inner(node['body']);
    case 'TryStatement':
      return inner(node['block']) || inner(node['handler']) || inner(node['finalizer']);
    case 'SwitchStatement':
      return node['cases'].some((c: Node) => c['consequent'].some(inner));
    default:
      return false;
  }
}

/** Does this pattern bind one of `names`? */
export const binds = (pattern: Node | null, names: Set<string>): boolean =>
  someName(pattern, (name) => names.has(name));

function namesOf(patterns: Node[]): Set<string> {
  const names = new Set<string>();
  for (const pattern of patterns) someName(pattern, (name) => (names.add(name), false));
  return names;
}

/** Does `test` hold for a name that this pattern binds? */
function someName(pattern: Node | null, test: (name: string) => boolean): boolean {
  if (!pattern) return false;
  switch (pattern.type) {
    case 'Identifier':
      return test(pattern['name']);
    case 'ObjectPattern':
      return pattern['properties'].some((p: Node) =>
        someName(p.type === 'RestElement' ? p : p['value'], test),
      );
    case 'ArrayPattern':
      return pattern['elements'].some((e: Node | null) => someName(e, test));
    case 'RestElement':
      return someName(pattern['argument'], test);
    case 'AssignmentPattern':
      return someName(pattern['left'], test);
    case 'TSParameterProperty':
      return someName(pattern['parameter'], test);
    default:
      return false;
  }
}
