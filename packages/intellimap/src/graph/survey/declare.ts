/** Declarations of a block, made known before anything in it is visited: functions are called before they are written. */
import type { Node } from '../../transform/index.ts';
import type { Facts } from './facts.ts';
import type { Scope } from './scopes.ts';

/** Functions and classes that a list of statements declares. */
export function declareIn(statements: readonly Node[], scope: Scope, facts: Facts): void {
  facts.flags.block(statements);
  for (const statement of statements) {
    const node: Node = statement['declaration'] ?? statement;
    const name: string | undefined = node['id']?.name;
    if (name === undefined) continue;
    if (node.type === 'FunctionDeclaration') scope.declare(name, withUnit(facts.functionId(node)));
    else if (node.type === 'ClassDeclaration')
      scope.declare(name, { unit: facts.holder('class', name, node) });
  }
}

const withUnit = (unit: string | undefined): { unit?: string } => (unit === undefined ? {} : { unit });
