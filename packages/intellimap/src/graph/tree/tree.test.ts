import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eachChild, type Node, readFile } from '../../transform/index.ts';
import { flatten } from './flatten.ts';
import { bareNode, bodyOwner, childAt, childrenOf, Field, Flag, has, Kind, NONE, shownNode, textOf, type Tree } from './tree.ts'; // prettier-ignore

const programOf = (text: string): Node =>
  readFile(text, { path: 'a.ts', lang: 'tsx', goal: 'module' }).program;
const treeOf = (text: string): Tree => flatten(programOf(text));
/** The first statement. */
const shown = (text: string): string => shownNode(treeOf(text), 1);

test.each([
  ['a + b', 'ExpressionStatement(expression: BinaryExpression "+"(left: Identifier "a", right: Identifier "b"))'],
  ['if (a) b(); else c', 'IfStatement(test: Identifier "a", consequent: ExpressionStatement(expression: CallExpression(callee: Identifier "b")), alternate: ExpressionStatement(expression: Identifier "c"))'],
  ['const { a, b: c = 1 } = d', 'VariableDeclaration "const"(declarations: VariableDeclarator(id: ObjectPattern(properties: Property "init"(key: Identifier "a", value: Identifier "a"), properties: Property "init"(key: Identifier "b", value: AssignmentPattern(left: Identifier "c", right: Literal "1"))), init: Identifier "d"))'],
  ['[a, , b]', 'ExpressionStatement(expression: ArrayExpression(elements: Identifier "a", elements: Hole, elements: Identifier "b"))'],
  ['`a${b}c`', 'ExpressionStatement(expression: TemplateLiteral(quasis: TemplateElement "a", expressions: Identifier "b", quasis: TemplateElement "c"))'],
  ['class A { get b() { return 1 } static c = 2 }', 'ClassDeclaration(id: Identifier "A", body: ClassBody(body: MethodDefinition "get"(key: Identifier "b", value: FunctionExpression(body: BlockStatement(body: ReturnStatement(argument: Literal "1")))), body: PropertyDefinition(key: Identifier "c", value: Literal "2")))'],
  ['(a as B)!.c', 'ExpressionStatement(expression: MemberExpression(object: TSNonNullExpression(expression: ParenthesizedExpression(expression: TSAsExpression(expression: Identifier "a"))), property: Identifier "c"))'],
  ['enum A { B = 1 }', 'TSEnumDeclaration(id: Identifier "A", body: TSEnumBody(members: TSEnumMember(id: Identifier "B", initializer: Literal "1")))'],
  ['interface A { b: number }', 'Unknown "TSInterfaceDeclaration"'],
  ['<A b={c}>d</A>', 'ExpressionStatement(expression: JSXElement(openingElement: JSXOpeningElement(name: JSXIdentifier "A", attributes: JSXAttribute(name: JSXIdentifier "b", value: JSXExpressionContainer(expression: Identifier "c"))), children: JSXText "d"))'],
])('%s', (text, expected) => expect(shown(text)).toBe(expected)); // prettier-ignore

test('what nodes are beside their types', () => {
  const tree = treeOf('async function* f() { for await (const a of b) yield* c?.[d]; ++e }');
  const first = (kind: number): number => tree.kind.indexOf(kind);
  expect(has(tree, first(Kind.FunctionDeclaration), Flag.ASYNC | Flag.GENERATOR)).toBe(true);
  expect(has(tree, first(Kind.ForOfStatement), Flag.SPECIAL)).toBe(true);
  expect(has(tree, first(Kind.YieldExpression), Flag.SPECIAL)).toBe(true);
  expect(has(tree, first(Kind.MemberExpression), Flag.COMPUTED)).toBe(true);
  expect(has(tree, first(Kind.MemberExpression), Flag.OPTIONAL)).toBe(true);
  expect(has(tree, first(Kind.UpdateExpression), Flag.SPECIAL)).toBe(true);
}); // prettier-ignore

test('parts by field, without parentheses, and whose body it is', () => {
  const tree = treeOf('class A { b = () => (c); static { d } m(e = f) { return g } }');
  const named = (name: string): number =>
    tree.kind.findIndex((kind, node) => kind === Kind.Identifier && textOf(tree, node) === name);
  const kindOfOwner = (name: string): number => tree.kind[bodyOwner(tree, named(name))];
  const arrow = tree.kind.indexOf(Kind.ArrowFunctionExpression);
  expect(bareNode(tree, childAt(tree, arrow, Field.body))).toBe(named('c'));
  expect(childAt(tree, arrow, Field.params)).toBe(NONE);
  expect(bodyOwner(tree, named('c'))).toBe(arrow);
  expect(kindOfOwner('d')).toBe(Kind.StaticBlock);
  expect(kindOfOwner('f')).toBe(Kind.FunctionExpression);
  expect(tree.kind[bodyOwner(tree, arrow)]).toBe(Kind.PropertyDefinition);
  expect(bodyOwner(tree, named('A'))).toBe(0);
});

describe('of any program', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 5 },
      name,
      fc.constant('1'),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a} + ${b})`),
      fc.tuple(name, fc.array(tie('expression'), { maxLength: 3 })).map(([f, all]) => `${f}(${all.join()})`),
      tie('expression').map((value) => `(() => { if (${value}) return { x: ${value} } })`),
      fc.array(tie('expression'), { maxLength: 3 }).map((all) => `[,${all.join(',,')}]`),
    ),
  }));

  test('each subtree lies within its parent, and children come one after the other', () => {
    fc.assert(
      fc.property(expression, (text) => {
        const tree = treeOf(`(${text})`);
        for (let node = 0; node < tree.size; node++) {
          let next = node + 1;
          for (const child of childrenOf(tree, node)) {
            expect(child).toBe(next);
            expect(tree.parent[child]).toBe(node);
            expect(tree.start[child] >= tree.start[node] && tree.end[child] <= tree.end[node]).toBe(true);
            next = tree.after[child]!;
          }
          expect(next).toBe(tree.after[node]);
        }
      }),
    );
  });

  test('no node that runs is left out', () => {
    fc.assert(
      fc.property(expression, (text) => {
        const program = programOf(`(${text})`);
        let running = 0;
        const count = (node: Node): void => {
          running++;
          eachChild(node, count);
        };
        count(program);
        const tree = flatten(program);
        // Names that are no values, and holes, are nodes here.
        const others = tree.kind.filter((kind, node) => kind === Kind.Hole || (kind === Kind.Identifier && tree.field[node] === Field.id));
        expect(tree.size - others.length).toBe(running);
      }),
    );
  }); // prettier-ignore
});
