/** Where a test leads to. Pure, on syntax alone. */
import { bare, type Node } from '../../../transform/index.ts';
import type { RowOf } from '../../../schema/index.ts';
import { literalValue } from './expressions.ts';

export type Test = NonNullable<RowOf<'source_flag_reads'>['test']>;

export interface Side {
  taken: RowOf<'source_flag_sides'>['taken'];
  cases: string[] | null;
  /** Offsets; end exclusive. */
  start: number;
  end: number;
}

export interface Decision {
  test: Test;
  /** What decides. */
  asks: Node;
  sides: Side[];
}

const OPERATORS: Record<string, Test> = { '&&': 'and', '||': 'or', '??': 'nullish' };

/** @param restOf what of its block comes after a statement: where an early `return` does not lead; undefined: the node decides nothing. */
export function decisionOf(
  node: Node,
  restOf: (statement: Node) => Pick<Node, 'start' | 'end'> | undefined,
): Decision | undefined {
  switch (node.type) {
    case 'IfStatement': {
      const otherwise = node['alternate'] ?? (leaves(node['consequent']) ? restOf(node) : undefined);
      return { test: 'if', asks: node['test'], sides: twoSides(node['consequent'], otherwise) };
    }
    case 'ConditionalExpression':
      return {
        test: 'conditional',
        asks: node['test'],
        sides: twoSides(node['consequent'], node['alternate']),
      };
    case 'LogicalExpression': {
      const test = OPERATORS[node['operator']];
      const [holds, fails] = test === 'and' ? [node['right'], null] : [null, node['right']];
      return { test, asks: node['left'], sides: twoSides(holds, fails) };
    }
    case 'WhileStatement':
    case 'ForStatement':
      return node['test']
        ? { test: 'loop', asks: node['test'], sides: twoSides(node['body'], null) }
        : undefined;
    case 'SwitchStatement':
      return { test: 'switch', asks: node['discriminant'], sides: casesOf(node['cases']) };
    default:
      return undefined;
  }
}

type Span = Pick<Node, 'start' | 'end'> | null | undefined;
const side = (taken: Side['taken'], span: Span): Side[] =>
  span ? [{ taken, cases: null, start: span.start, end: span.end }] : [];
const twoSides = (holds: Span, fails: Span): Side[] => [...side('holds', holds), ...side('fails', fails)];

/** Cases without statements lead where the next one does. */
function casesOf(cases: readonly Node[]): Side[] {
  const sides: Side[] = [];
  let values: string[] = [];
  let isDefault = false;
  for (const each of cases) {
    const value = literalValue(each['test']);
    if (value !== undefined) values.push(value);
    isDefault ||= each['test'] === null;
    const statements: Node[] = each['consequent'];
    if (statements.length === 0) continue;
    const taken = isDefault ? 'default' : 'case';
    sides.push({ taken, cases: values, start: statements[0].start, end: statements.at(-1)!.end });
    values = [];
    isDefault = false;
  }
  return sides;
}

/** Whether what follows a statement does not run after it. */
function leaves(node: Node | null): boolean {
  switch (node?.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'ContinueStatement':
    case 'BreakStatement':
      return true;
    case 'BlockStatement':
      return leaves(node['body'].at(-1) ?? null);
    case 'IfStatement':
      return leaves(node['consequent']) && leaves(node['alternate']);
    default:
      return false;
  }
}

/** A test that only sees to it that something is there: `if (!x) throw …`, `if (!x) process.exit(1)`. */
export function isGuard(node: Node): boolean {
  if (node.type !== 'IfStatement' || node['alternate'] != null) return false;
  const body: Node = node['consequent'];
  const last: Node | undefined = body.type === 'BlockStatement' ? body['body'].at(-1) : body;
  if (last?.type === 'ThrowStatement') return true;
  const call = last?.type === 'ExpressionStatement' ? bare(last['expression']) : null;
  const callee = call?.type === 'CallExpression' ? bare(call['callee']) : null;
  return callee?.type === 'MemberExpression' && callee['property'].name === 'exit';
}
