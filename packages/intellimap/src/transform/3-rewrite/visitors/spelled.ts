/**
 * Operands that V8 spells out in messages: `(await a).b is not a function` reads "(intermediate value).b …", and would read
 * "$imR(...).b …" with a probe around the await.
 *
 *   (await X).b(Y)            (await $imS(w,$imf,X)).b(($imM(w,$imf),Y))      without arguments `b(...$imM(w,$imf)||[])`
 *   const { a } = await X     const { a } = await $imS(w,$imf,X),$imw7=$imM(w,$imf)
 *   require('x').b()          require(($imE(w),'x')).b()
 *
 * So the frame is back on the stack only after the property was read. Left with a probe around, since there is no such place:
 * `new (await X)`, tagged templates, optional chains, `for (… of await X)` and other iterables, destructuring assignments, exported
 * declarations, and patterns that run code.
 */
import type { Node } from '../../1-parse.ts';
import { isSafe } from '../../2-analyze/expressions.ts';
import type { Walk } from '../walk.ts';

/** Words that the suspensions of the tree leave to others; undefined until they are visited. */
export type ResumedLater = Map<Node, string | undefined>;

const isSuspension = (node: Node): boolean =>
  node.type === 'AwaitExpression' || (node.type === 'YieldExpression' && !node['delegate']);

/** What a chain of property reads starts from; undefined when one of them may be skipped. */
function baseOf(node: Node): Node | undefined {
  let base = node;
  for (;;) {
    if (base.type === 'MemberExpression') {
      if (base['optional']) return undefined;
      base = base['object'];
    } else if (TRANSPARENT.has(base.type)) base = base['expression'];
    else return base;
  }
}

/** What V8 does not see, types among it. */
const TRANSPARENT = new Set([
  'ParenthesizedExpression',
  'TSNonNullExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
]);

/** To be called before `callee` is visited. Returns the suspension that is resumed in the arguments of the call. */
export function spelledCallee(call: Node, walk: Walk): Node | undefined {
  const base = baseOf(call['callee']);
  if (base === undefined) return undefined;
  if (base.type === 'CallExpression') walk.spelled.add(base);
  return call.type === 'CallExpression' && !call['optional'] ? resumedElsewhere(base, walk) : undefined;
}

/** To be called before a destructured `init` is visited. */
export function spelledInit(declarator: Node, walk: Walk, free: boolean): Node | undefined {
  const init: Node | null = declarator['init'];
  const pattern: Node = declarator['id'];
  if (!init || (pattern.type !== 'ObjectPattern' && pattern.type !== 'ArrayPattern')) return undefined;
  const base = baseOf(init);
  if (base === undefined) return undefined;
  if (base.type === 'CallExpression') walk.spelled.add(base);
  return free && !runsCode(pattern) ? resumedElsewhere(base, walk) : undefined;
}

/** Variables and their properties: reading them before or after a probe is the same. */
export function readsOnly(node: Node): boolean {
  const base = baseOf(node);
  return base?.type === 'Identifier' || base?.type === 'ThisExpression';
}

function resumedElsewhere(base: Node, walk: Walk): Node | undefined {
  if (!isSuspension(base) || !walk.tells) return undefined;
  walk.resumedLater.set(base, undefined);
  return base;
}

/** Defaults and computed keys of a pattern; reading properties does not count. */
function runsCode(pattern: Node | null): boolean {
  switch (pattern?.type) {
    case 'ObjectPattern':
      return pattern['properties'].some((p: Node) => p['computed'] || runsCode(p['value'] ?? null));
    case 'ArrayPattern':
      return pattern['elements'].some(runsCode);
    case 'AssignmentPattern':
      return !isSafe(pattern['right']) || runsCode(pattern['left']);
    default:
      return false;
  }
}

export function resumeInArguments(
  call: Node,
  base: Node,
  walk: Walk,
): { before: () => void; after: () => void } {
  const resume = (): string => walk.resumedLater.get(base) ?? '';
  const first: Node | undefined = call['arguments'][0];
  const value: Node | undefined = first?.type === 'SpreadElement' ? first['argument'] : first;
  return {
    before: () =>
      void (value
        ? walk.insert(value.start, `(${resume()},`)
        : walk.insert(call.end - 1, `...${resume()}||[]`)),
    after: () => void (value && walk.insert(value.end, ')')),
  };
}
