/** Calls that give back what they are handed, or what they are a method of. */
import { bareNode, childAt, Field, Kind, NONE, type Tree } from '../../tree/tree.ts';
import { argumentsOf, calleeName, calleeText } from '../../patterns/facts/names.ts';

const SAME_ARGUMENT =
  /^(?:Object\.(?:freeze|seal|assign)|Promise\.resolve|promisify|util\.promisify|structuredClone|String)$/;
/** Of emitters, servers, routers, workers: calls in a row. */
const SAME_OBJECT = /^(?:on|once|addListener|prependListener|off|use|listen|unref|ref|setMaxListeners|setEncoding|register|bind|then|catch|finally|routes|callback|toString|trim|basePath|addHook|decorate)$/; // prettier-ignore

/** The expression that a call gives back; `NONE`: something else. */
export function passedOn(tree: Tree, call: number): number {
  const text = calleeText(tree, call);
  if (SAME_ARGUMENT.test(text)) return argumentsOf(tree, call)[0] ?? NONE;
  if (!SAME_OBJECT.test(calleeName(tree, call))) return NONE;
  const callee = bareNode(tree, childAt(tree, call, Field.callee));
  return tree.kind[callee] === Kind.MemberExpression ? childAt(tree, callee, Field.object) : NONE;
}
