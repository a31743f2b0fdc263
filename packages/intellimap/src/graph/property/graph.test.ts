import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../file/source-file.ts';
import { KIND_NAMES } from '../tree/kinds.ts';
import { Kind, textOf, type Tree } from '../tree/tree.ts';
import { EdgeList, packed, reversed, targetsOf } from './csr.ts';
import { propertyGraph } from './graph.ts';
import { Label, LABEL_NAMES } from './labels.ts';

const graphOf = (text: string) =>
  propertyGraph(new SourceFile(text, { path: 'a.ts', lang: 'tsx', goal: 'module' }));

/** `a@3`: the identifier `a` at character 3; of others the type. */
const shown = (tree: Tree, node: number): string => {
  const isName = tree.kind[node] === Kind.Identifier;
  return `${isName ? textOf(tree, node) : KIND_NAMES[tree.kind[node]]}@${tree.start[node]}`;
};

function edgesOf(text: string, ...labels: number[]): string[] {
  const { tree, edges } = graphOf(text);
  const lines: string[] = [];
  for (let node = 0; node < tree.size; node++)
    for (const label of labels)
      for (const target of targetsOf(edges, node, label))
        lines.push(`${shown(tree, node)} ${LABEL_NAMES[label]} ${shown(tree, target)}`);
  return lines;
}

describe('names', () => {
  test('lead to what declares them', () => {
    expect(edgesOf('const a = 1; { const a = 2; f(a) } a;', Label.REF)).toEqual(['a@30 ref a@21', 'a@35 ref a@6']);
  }); // prettier-ignore
});

describe('order', () => {
  test('a decision leads both ways, and they meet', () => {
    expect(edgesOf('if (a) b; else c; d;', Label.NEXT, Label.TRUE, Label.FALSE)).toEqual([
      'Program@0 next a@4',
      'IfStatement@0 true b@7',
      'IfStatement@0 false c@15',
      'a@4 next IfStatement@0',
      'b@7 next d@18',
      'c@15 next d@18',
    ]);
  });

  test('what fails goes on where somebody hears of it', () => {
    expect(edgesOf('try { f() } catch { g() }', Label.THROW)).toEqual([
      'CallExpression@6 throw CatchClause@12',
    ]);
  });
});

describe('values', () => {
  test('come from the writes that may have been the last ones', () => {
    const text = 'let a = 1; if (b) a = 2; f(a);';
    expect(edgesOf(text, Label.VALUE)).toEqual(['a@4 value a@27', 'a@18 value a@27']);
  });

  test('of a loop also from the turn before', () => {
    expect(edgesOf('let i = 0; while (i < 3) i++;', Label.VALUE)).toEqual([
      'i@4 value i@18', 'i@4 value i@25', 'i@25 value i@18', 'i@25 value i@25',
    ]);
  }); // prettier-ignore

  test('may be others where another function writes, too', () => {
    expect(edgesOf('let a = 1; const f = () => { a = 2 }; f(); g(a);', Label.MAY, Label.VALUE).toSorted()).toEqual([
      'a@29 may a@4', 'a@4 may a@45', 'f@17 value f@38',
    ]);
  }); // prettier-ignore
});

test('what a decision decides', () => {
  expect(edgesOf('if (a) b; c; while (d) e;', Label.CONTROL)).toEqual([
    'IfStatement@0 control b@7',
    'WhileStatement@13 control e@23',
    'WhileStatement@13 control d@20',
  ]);
});

test('packed edges are those that were given, forwards and backwards', () => {
  const edge = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(3));
  fc.assert(
    fc.property(fc.array(edge), (given) => {
      const list = new EdgeList();
      for (const [from, to, label] of given) list.add(from, to, label);
      const listed = (csr: ReturnType<typeof packed>, flip: boolean): string[] => {
        const all: string[] = [];
        for (let node = 0; node < 10; node++)
          for (let at = csr.offset[node]; at < csr.offset[node + 1]; at++)
            all.push(`${flip ? csr.target[at] : node} ${flip ? node : csr.target[at]} ${csr.label[at]}`);
        return all.toSorted();
      };
      const expected = given.map((each) => each.join(' ')).toSorted();
      const csr = packed(list, 10);
      expect(listed(csr, false)).toEqual(expected);
      expect(listed(reversed(csr), true)).toEqual(expected);
    }),
  );
});
