/** Steps and what decides between them, as they stand in the text. Pure. */
import { Op } from '../flow/flow.ts';
import { bareNode, childAt, Field, has, Flag, isFunction, Kind, NONE } from '../tree/tree.ts';
import type { FunctionModel } from './model-of.ts';

export type StepWhat = 'call' | 'await' | 'yield' | 'throw' | 'catch' | 'return';

const WHAT: Partial<Record<number, StepWhat>> = {
  [Op.AWAIT]: 'await',
  [Op.YIELD]: 'yield',
  [Op.THROW]: 'throw',
  [Op.CATCH]: 'catch',
  [Op.RETURN]: 'return',
};

/** What is none of the others calls something, if only what reads or compares. */
export const stepWhat = ({ flow }: FunctionModel, step: number): StepWhat => WHAT[flow.op[step]] ?? 'call';

type Part = Pick<FunctionModel, 'text' | 'tree'>;

const LONGEST = 70;

function said(model: Part, from: number, to: number): string {
  const text = model.text.slice(from, Math.min(to, from + 4 * LONGEST)).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST || to > from + 4 * LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
} // prettier-ignore

const saidOf = (model: Part, node: number): string =>
  said(model, model.tree.start[node], model.tree.end[node]);

export function stepText(model: FunctionModel, step: number): string {
  const { flow, tree } = model;
  const node = flow.node[step];
  const what = stepWhat(model, step);
  if (what === 'call') return callText(model, node);
  if (what === 'catch') {
    const param = childAt(tree, node, Field.param);
    return param === NONE ? 'catch' : `catch (${saidOf(model, param)})`;
  }
  if (what === 'await' && tree.kind[node] !== Kind.AwaitExpression) return 'await';
  const argument = childAt(tree, node, Field.argument);
  const word = what === 'yield' && has(tree, node, Flag.SPECIAL) ? 'yield*' : what;
  return argument === NONE ? word : `${word} ${shortly(model, argument)}`;
}

/** Of functions and lists only how they begin, of calls whom they call. */
function shortly(model: Part, node: number): string {
  const { tree } = model;
  const it = bareNode(tree, node);
  if (it === NONE) return '';
  if (isFunction(tree, it)) return 'function';
  if (CALLEES[tree.kind[it]] !== undefined) return callText(model, it);
  return saidOf(model, it);
}

const CALLEES: Partial<Record<number, number>> = {
  [Kind.CallExpression]: Field.callee,
  [Kind.NewExpression]: Field.callee,
  [Kind.TaggedTemplateExpression]: Field.tag,
};

function callText(model: Part, node: number): string {
  const { tree } = model;
  const field = CALLEES[tree.kind[node]];
  if (field === undefined) return saidOf(model, node);
  const callee = childAt(tree, node, field);
  const name = isFunction(tree, bareNode(tree, callee)) ? '(function)' : memberText(model, callee);
  return `${tree.kind[node] === Kind.NewExpression ? 'new ' : ''}${name}(…)`;
}

/** `a.b(…).c`: what stands in front of the last member may be long. */
function memberText(model: Part, callee: number): string {
  const { tree } = model;
  const it = bareNode(tree, callee);
  if (tree.kind[it] !== Kind.MemberExpression) return saidOf(model, callee);
  const object = childAt(tree, it, Field.object);
  const bare = bareNode(tree, object);
  if (CALLEES[tree.kind[bare]] === undefined) return saidOf(model, callee);
  const name = said(model, tree.start[childAt(tree, it, Field.property)], tree.end[it]);
  return `${callText(model, bare)}.${name}`;
}

/** What decides: the head of a loop, a test, `case x`. */
export function headText(model: FunctionModel, node: number): string {
  const { tree } = model;
  switch (tree.kind[node]) {
    case Kind.IfStatement:
    case Kind.ConditionalExpression: {
      const test = saidOf(model, childAt(tree, node, Field.test));
      return `if (${test})`;
    }
    case Kind.LogicalExpression:
    case Kind.AssignmentExpression:
      return `${saidOf(model, childAt(tree, node, Field.left))} ${tree.strings[tree.text[node]]}`;
    case Kind.SwitchStatement:
      return `switch (${saidOf(model, childAt(tree, node, Field.discriminant))})`;
    case Kind.SwitchCase: {
      const test = childAt(tree, node, Field.test);
      return test === NONE ? 'default' : `case ${saidOf(model, test)}`;
    }
    case Kind.DoWhileStatement:
      return `do … while (${saidOf(model, childAt(tree, node, Field.test))})`;
    case Kind.AssignmentPattern:
      return `${saidOf(model, childAt(tree, node, Field.left))} = …`;
    case Kind.CallExpression:
      return `${callText(model, node).replace(/\(…\)$/, '')}?.`;
    default: {
      const body = childAt(tree, node, Field.body);
      return said(model, tree.start[node], body === NONE ? tree.end[node] : tree.start[body]);
    }
  }
}

/** Whether a `return` stands within something else than the body itself, and so is one of several ways. */
export function isNestedReturn({ tree, flow }: FunctionModel, step: number): boolean {
  const node = flow.node[step];
  if (tree.kind[node] !== Kind.ReturnStatement) return false;
  return tree.parent[tree.parent[node]] !== flow.owner;
}
