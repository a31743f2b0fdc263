/** Every place where something outside of the workspace is called, by the name of what is called. */
import { bareNode, childAt, Field, Kind, NONE, textOf } from '../tree/tree.ts';
import { functionName, isCall, isGlobal, propertyName, receiverText } from '../patterns/facts/names.ts';
import type { Source } from '../patterns/source.ts';
import { apiOf } from './values/apis.ts';
import type { Made } from './values/made.ts';
import type { Values } from './values/values.ts';

export interface Site {
  readonly file: Source;
  /** The call, or `new`. */
  readonly node: number;
  /** `express().get`, `http.createServer`; of something unknown `?` and its name: `?app.get`. */
  readonly target: string;
  /** Name of the method, or of what is called. */
  readonly method: string;
  /** What the method is called on; null: it is no method. */
  readonly receiver: Made | null;
}

/** Several, where it may be several things. */
export function sitesIn(values: Values, file: Source, isWanted: (method: string) => boolean): Site[] {
  const { tree } = file;
  const found: Site[] = [];
  for (let node = 1; node < tree.size; node++)
    if (isCall(tree, node)) found.push(...sitesAt(values, file, node, isWanted));
    else if (tree.kind[node] === Kind.AssignmentExpression) found.push(...ofListener(values, file, node));
  return found;
} // prettier-ignore

function sitesAt(values: Values, file: Source, node: number, isWanted: (method: string) => boolean): Site[] {
  const { tree } = file;
  const callee = bareNode(tree, childAt(tree, node, Field.callee));
  if (callee === NONE) return [];
  if (tree.kind[node] === Kind.CallExpression && tree.kind[callee] === Kind.MemberExpression)
    return isWanted(propertyName(tree, callee) ?? '') ? ofMethod(values, file, node, callee) : [];
  const targets = new Set(values.of(file, callee).map((each) => apiOf(values, each)));
  return [...targets].filter(Boolean).map((target) => ({ file, node, target, method: lastPart(target), receiver: null })); // prettier-ignore
}

function ofMethod(values: Values, file: Source, node: number, callee: number): Site[] {
  const { tree } = file;
  const method = propertyName(tree, callee);
  const object = bareNode(tree, childAt(tree, callee, Field.object));
  if (method === null || isPassedOn(file, object, node, method)) return [];
  const found = new Map<string, Site>();
  for (const receiver of values.of(file, object)) {
    const api = apiOf(values, receiver);
    if (api === '') continue;
    const target = api === 'globalThis' || api === 'window' || api === 'global' ? method : `${api}.${method}`;
    const key = `${target} ${receiver.file.path}:${receiver.node}`;
    if (!found.has(key)) found.set(key, { file, node, target, method, receiver });
  }
  if (found.size > 0) return [...found.values()];
  const name = receiverText(tree, node);
  return [{ file, node, target: `?${name.slice(name.lastIndexOf('.') + 1)}.${method}`, method, receiver: null }];
} // prettier-ignore

/** `port.onmessage = f` listens as a call does. */
function ofListener(values: Values, file: Source, node: number): Site[] {
  const { tree } = file;
  const left = bareNode(tree, childAt(tree, node, Field.left));
  const isMember = tree.kind[left] === Kind.MemberExpression;
  const method = isMember ? propertyName(tree, left) : tree.kind[left] === Kind.Identifier ? textOf(tree, left) : null;
  if (method === null || !/^on[a-z]+$/.test(method)) return [];
  if (!isMember) return isGlobal(file, left) ? [{ file, node, target: method, method, receiver: null }] : [];
  return values.of(file, childAt(tree, left, Field.object)).flatMap((receiver) => {
    const api = apiOf(values, receiver);
    return api === '' ? [] : [{ file, node, target: `${api}.${method}`, method, receiver }];
  });
} // prettier-ignore

/** `emit(name) { super.emit(name); }`: whoever calls it has a place of his own. */
const isPassedOn = (file: Source, object: number, node: number, method: string): boolean =>
  object !== NONE && file.tree.kind[object] === Kind.Super && functionName(file.tree, file.owner[node]) === method; // prettier-ignore

const lastPart = (target: string): string => target.replace(/\(\)$/, '').replace(/^.*\./, '');
