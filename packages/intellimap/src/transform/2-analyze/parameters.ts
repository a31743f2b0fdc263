/** What a function's parameters bind, as a caller would say it. */
import type { Node } from '../1-parse.ts';

export interface Parameter {
  /** Of the argument that it comes from. */
  place: number;
  /** `a` · `user.name` for `{ user: { name: n } }` · `...rest` */
  path: string;
  variable: string;
}

/** More are not told. */
const MAX_PARAMETERS = 32;

const NAME = /^[\w$\u0080-\uffff]+$/;

/**
 * In order. Left out: `this` of TypeScript, all but the last of the same name (the others are gone), and those in whose place a function of the body
 * stands.
 */
export function parametersOf(fn: Node): Parameter[] {
  const found: Parameter[] = [];
  const params = (fn['params'] as Node[]).filter((p) => !(p.type === 'Identifier' && p['name'] === 'this'));
  params.forEach((pattern, place) => bind(pattern, place, '', found));
  const replaced = functionsIn(fn['body']);
  return found
    .filter(
      ({ variable }, at) =>
        !replaced.has(variable) && !found.some((other, n) => n > at && other.variable === variable),
    )
    .slice(0, MAX_PARAMETERS);
}

function bind(pattern: Node | null, place: number, path: string, found: Parameter[]): void {
  switch (pattern?.type) {
    case 'Identifier':
      found.push({ place, path: path || pattern['name'], variable: pattern['name'] });
      return;
    case 'AssignmentPattern':
      return bind(pattern['left'], place, path, found);
    case 'RestElement':
      return bind(pattern['argument'], place, `...${path || nameOf(pattern['argument'])}`, found);
    case 'TSParameterProperty':
      return bind(pattern['parameter'], place, path, found);
    case 'ArrayPattern':
      return (pattern['elements'] as (Node | null)[]).forEach((element, at) =>
        bind(element, place, path ? `${path}.${at}` : '', found),
      );
    case 'ObjectPattern':
      for (const property of pattern['properties'] as Node[]) {
        if (property.type === 'RestElement') bind(property, place, path ? `${path}.*` : '', found);
        else bind(property['value'], place, keyPath(property, path), found);
      }
  }
}

const nameOf = (pattern: Node): string => (pattern.type === 'Identifier' ? pattern['name'] : 'rest');

/** What is called like a secret where it comes from is one, whatever the variable is called. */
function keyPath({ key, computed, value }: Node, path: string): string {
  const name: unknown = computed ? undefined : (key.name ?? key.value);
  const bound: unknown = value.type === 'AssignmentPattern' ? value.left.name : value.name;
  const known = typeof name === 'string' && NAME.test(name) ? name : typeof bound === 'string' ? bound : '?';
  return path ? `${path}.${known}` : known;
}

function functionsIn(body: Node): Set<string> {
  const statements: Node[] = body.type === 'BlockStatement' ? body['body'] : [];
  const names = statements
    .map((statement) => {
      let inner = statement;
      while (inner.type === 'LabeledStatement') inner = inner['body'];
      return inner.type === 'FunctionDeclaration' ? inner['id']?.name : undefined;
    })
    .filter((name) => name !== undefined);
  return new Set(names);
}
