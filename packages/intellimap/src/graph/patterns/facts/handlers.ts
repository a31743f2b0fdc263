/** Functions that answer requests, and what runs while they do. */
import { bareNode, childrenOf, Field, isFunction, Kind, textOf, type Tree } from '../../tree/tree.ts';
import type { Project, Ref } from '../project.ts';
import type { Source } from '../source.ts';
import { argumentsOf, calleeName, functionName, receiverText } from './names.ts';
import { nodesIn } from './places.ts';

const ROUTES = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'options', 'head', 'use', 'route', 'on', 'onRequest', 'addHook']); // prettier-ignore
const ROUTERS =
  /(?:^|[a-z_.])(?:app|router|server|routes?|fastify|hono|api|application|express\(\)|Router\(\))$/i;
const SERVERS = new Set(['createServer', 'createSecureServer']);
const REQUEST = /^_?(?:req|request|ctx|context|incoming)$/;
const RESPONSE = /^_?(?:res|response|reply|resp)$/;
const VERBS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** A function that somebody asks who waits for an answer. */
export function isHandler(file: Source, fn: number): boolean {
  const { tree } = file;
  if (!isFunction(tree, fn)) return false;
  const names = childrenOf(tree, fn, Field.params).map((param) => textOf(tree, param));
  if (names.length >= 2 && REQUEST.test(names[0]) && RESPONSE.test(names[1])) return true;
  if (names.length === 4 && REQUEST.test(names[1]) && RESPONSE.test(names[2])) return true;
  if (VERBS.test(functionName(tree, fn)) && tree.kind[tree.parent[fn]] === Kind.ExportNamedDeclaration)
    return true;
  return isRouted(file, tree.parent[fn], fn);
}

/** Handed over to a router or server. */
function isRouted({ tree }: Source, call: number, fn: number): boolean {
  if (call < 0 || tree.kind[call] !== Kind.CallExpression || tree.field[fn] !== Field.arguments) return false;
  const name = calleeName(tree, call);
  if (SERVERS.has(name)) return true;
  if (!ROUTES.has(name) || !ROUTERS.test(receiverText(tree, call))) return false;
  const [first] = argumentsOf(tree, call);
  if (name === 'on') return textOf(tree, first) === 'request';
  return first === fn ? name === 'use' : isPath(tree, first);
}

const isPath = (tree: Tree, node: number): boolean =>
  (tree.kind[node] === Kind.Literal && /^[/*:]|^on[A-Z]/.test(textOf(tree, node))) ||
  tree.kind[node] === Kind.TemplateLiteral ||
  tree.kind[node] === Kind.ArrayExpression;

/** By function: the handler that it runs for; itself, what it holds, and what is called from there, by known names. */
export function handledBy(project: Project): (ref: Ref) => Ref | null {
  const known = REACHED.get(project);
  if (known !== undefined) return known;
  const from = new Map<Source, Map<number, Ref>>();
  const queue: Ref[] = [];
  const reach = (ref: Ref, handler: Ref): void => {
    let of = from.get(ref.file);
    if (of === undefined) from.set(ref.file, (of = new Map()));
    if (of.has(ref.node)) return;
    of.set(ref.node, handler);
    queue.push(ref);
  };
  for (const file of project.files) {
    if (file.isTest) continue;
    for (const ref of handlersIn(file, project)) reach(ref, ref);
  }
  for (let ref = queue.pop(); ref !== undefined; ref = queue.pop()) {
    const { file, node } = ref;
    const handler = from.get(file)!.get(node)!;
    for (const call of nodesIn(file.tree, node, Kind.CallExpression, true)) {
      const callee = project.calledFunction(file, call);
      if (callee !== null) reach(callee, handler);
    }
    // Functions it holds run for it, too.
    for (let at = node + 1; at < file.tree.after[node]; at++)
      if (isFunction(file.tree, at)) reach({ file, node: at }, handler);
  }
  const answer = ({ file, node }: Ref): Ref | null => from.get(file)?.get(node) ?? null;
  REACHED.set(project, answer);
  return answer;
}

const REACHED = new WeakMap<Project, (ref: Ref) => Ref | null>();

/** Functions written where they are handed over, and those that are handed over by name. */
function handlersIn(file: Source, project: Project): Ref[] {
  const { tree } = file;
  const found: Ref[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (isFunction(tree, node) && isHandler(file, node)) found.push({ file, node });
    if (tree.kind[node] !== Kind.Identifier || tree.field[node] !== Field.arguments) continue;
    if (!isRouted(file, tree.parent[node], node)) continue;
    const value = project.valueOf(file, bareNode(tree, node));
    if (value !== null && isFunction(value.file.tree, value.node)) found.push(value);
  }
  return found;
}

/** Called when a program or an object begins: it runs once, most likely. */
export function isStartUp({ tree }: Source, fn: number): boolean {
  return fn === 0 || /^(?:main|run|serve)$|^(?:start|init|initiali[sz]e|setup|bootstrap|boot|listen|configure|connect|install|register|launch)(?:$|[A-Z_])/.test(functionName(tree, fn)); // prettier-ignore
}
