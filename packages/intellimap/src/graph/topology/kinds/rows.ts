/** Calls in a row: `app.get('/a', f).post('/b', g)`, `router.route('/a').get(f)`. */
import { bareNode, childAt, Field, Kind, NONE } from '../../tree/tree.ts';
import { calleeName } from '../../patterns/facts/names.ts';
import type { Draft } from '../draft.ts';
import type { Made } from '../values/made.ts';

const SAME = /^(?:get|post|put|patch|delete|del|head|options|all|any|use|route|register|mount)$/;
const LONGEST = 40;

/** What the row begins with, and the path that its `.route(path)` names; `NONE`: there is none. */
export function rowOf(draft: Draft, made: Made): { first: Made; path: number } {
  let first = made;
  let path = NONE;
  for (let steps = 0; steps < LONGEST; steps++) {
    const { file, node } = first;
    const { tree } = file;
    const callee =
      tree.kind[node] === Kind.CallExpression ? bareNode(tree, childAt(tree, node, Field.callee)) : NONE;
    if (callee === NONE || tree.kind[callee] !== Kind.MemberExpression) break;
    const name = calleeName(tree, node);
    if (!SAME.test(name)) break;
    if (name === 'route') path = childAt(tree, node, Field.arguments);
    const [inner] = draft.values.of(file, childAt(tree, callee, Field.object), first.frame);
    if (inner === undefined) break;
    first = inner;
  }
  return { first, path };
}
