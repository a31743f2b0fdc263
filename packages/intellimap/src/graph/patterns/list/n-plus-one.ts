import { bareNode, childAt, childrenOf, Field, Kind, NONE, textOf, type Tree } from '../../tree/tree.ts';
import { argumentsOf, calleeText, propertyName } from '../facts/names.ts';
import { bindingOf, initOf, placesOf, readsDeclaredIn } from '../facts/bindings.ts';
import { awaitedCall, reachesData } from '../facts/data.ts';
import { loopAround } from '../facts/places.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

/** What such a loop goes over is many things at a time already, or tries, or pages that each tell of the next. */
const NOT_ELEMENTS = /^(?:batch|chunk|slice|group|page|part|window|attempt|retry|retries|tries|try|offset|cursor|url|uri|href|link|migration|step|stage)(?:es|s|Index|No|Number)?$/i; // prettier-ignore

/** Names that lead to names: so many are followed, for `var a = a` leads nowhere. */
const STEPS = 4;

const asksForData = condition('awaits what asks a database or a service', (file, at, project) => {
  const call = awaitedCall(file, at);
  return call !== NONE && reachesData(file, call, project);
});

const inLoop = condition('in a loop over a collection', (file, at) => {
  const loop = loopAround(file, at);
  return loop !== NONE && isOverCollection(file, loop);
});

function isOverCollection({ tree }: Source, loop: number): boolean {
  const kind = tree.kind[loop];
  // Elements of `for await` come one at a time.
  if (kind === Kind.ForOfStatement) return (tree.flags[loop] & 32) === 0;
  if (kind === Kind.ForInStatement) return true;
  return kind === Kind.ForStatement && endsWithLength(tree, childAt(tree, loop, Field.test));
}

/** `i < xs.length` */
const endsWithLength = (tree: Tree, test: number): boolean =>
  test !== NONE && /^(?:length|size)$/.test(textOf(tree, tree.after[test] - 1));

const isOpen = condition('of which nobody wrote down the elements', (file, at) => {
  const right = childAt(file.tree, loopAround(file, at), Field.right);
  return right === NONE || !isWritten(file, bareNode(file.tree, right));
});

/** `['a', 'b']`, a constant that is one, `TABLES` of another file. */
function isWritten(file: Source, list: number, steps = STEPS): boolean {
  const { tree } = file;
  if (steps === 0) return false;
  if (tree.kind[list] === Kind.ArrayExpression)
    return childrenOf(tree, list).every((each) => tree.kind[each] !== Kind.SpreadElement);
  if (tree.kind[list] !== Kind.Identifier) return false;
  const binding = bindingOf(file, list);
  if (/^[A-Z][A-Z\d_]+$/.test(textOf(tree, list))) return true;
  const init = binding < 0 || grows(file, binding) ? NONE : initOf(file, binding);
  return init !== NONE && isWritten(file, init, steps - 1);
}

/** More is put into it, or it becomes another one. */
const grows = (file: Source, binding: number): boolean =>
  file.scopes.bindings.writes[binding] > 1 ||
  placesOf(file, binding).some((at) =>
    /^(?:push|unshift|splice)$/.test(propertyName(file.tree, file.tree.parent[at]) ?? ''),
  );

const asksForElement = condition('for one element of it', (file, at) => {
  const { tree } = file;
  const loop = loopAround(file, at);
  const names = declaredBy(file, loop);
  if (names.some((name) => NOT_ELEMENTS.test(name))) return false;
  const call = awaitedCall(file, at);
  if (leaves(tree, loop, at)) return false;
  return argumentsOf(tree, call).some((argument) => readsDeclaredIn(file, argument, loop));
});

/** Names in the head of a loop. */
function declaredBy({ tree, scopes }: Source, loop: number): string[] {
  const head = childAt(tree, loop, tree.kind[loop] === Kind.ForStatement ? Field.init : Field.left);
  const names: string[] = [];
  if (head === NONE) return names;
  for (let at = head; at < tree.after[head]; at++)
    if ((scopes.use[at] & 4) !== 0) names.push(textOf(tree, at));
  return names;
}

const isEveryday = condition('not where tables are made or filled for the first time', ({ path }) => !/(?:^|[/._-])(?:seeds?|seeder|migrations?|migrate|fixtures?)(?:[/._-]|$)/i.test(path)); // prettier-ignore

/** `return await f(x)`: the first one that answers is enough, so it tries one after the other. */
const leaves = (tree: Tree, loop: number, at: number): boolean => {
  for (let above = tree.parent[at]; above !== loop; above = tree.parent[above]!)
    if (tree.kind[above] === Kind.ReturnStatement || (tree.kind[above] === Kind.IfStatement && tree.field[at] === Field.test)) return true; // prettier-ignore
  return false;
};

export const nPlusOne = pattern({
  name: 'n-plus-one',
  kind: 'anti',
  what: 'A loop asks a database or a service once for each element',
  why: 'A hundred elements are a hundred round trips, one after the other; what is quick with test data is not with real ones',
  todo: 'ask for all of them at once (`WHERE id IN (…)`, a join, a batch, a data loader), and sort the answers by key',
  severity: 2,
  confidence: 'likely',
  match: node('AwaitExpression')
    .where(isEveryday, inLoop, isOpen, asksForData, asksForElement)
    .with('the loop and the call', (file, at) => ({
      loop: loopAround(file, at),
      call: awaitedCall(file, at),
    })),
  proof: { fact: 'repeated', call: 'call' },
  told: ({ file, roles }) =>
    `awaits ${calleeText(file.tree, roles['call'])}() for each element${over(file, roles['loop'])}`,
});

function over(file: Source, loop: number): string {
  const right = childAt(file.tree, loop, Field.right);
  return right !== NONE && bindingOf(file, right) >= 0 ? ` of ${textOf(file.tree, right)}` : '';
}
