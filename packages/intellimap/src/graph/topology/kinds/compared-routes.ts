/** Routes of a handler that looks at the URL itself: `if (request.url === '/health')`, `case '/health':`, `url.pathname.startsWith('/api')`. */
import { childAt, childrenOf, Field, isFunction, Kind, NONE, textOf, type Tree } from '../../tree/tree.ts';
import { calleeName, dotted, receiverText } from '../../patterns/facts/names.ts';
import type { Source } from '../../patterns/source.ts';
import type { Draft } from '../draft.ts';
import { routeExpression } from '../paths.ts';
import type { Site } from '../site.ts';

const URLS = /(?:^|\.)(?:url|pathname|path|originalUrl|route)$/;
const METHODS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;
const REASON = 'a text that the URL is compared with';

export function comparedRoutes(site: Site, handler: number, server: string, draft: Draft): void {
  for (const fn of draft.functions(site.file, handler)) {
    const { file, node } = fn;
    for (let at = node; at < file.tree.after[node]; at++)
      for (const { path, isPrefix } of pathsAt(file.tree, at)) {
        const method = methodBeside(file, at);
        const route = isPrefix ? `${path.replace(/\/$/, '')}/*` : path;
        const id = draft.node('route', `${method} ${route}`, { file, node: at, madeWith: 'comparison', reason: REASON, matches: routeExpression(method, [route]) }); // prettier-ignore
        draft.paths.set(id, { method, paths: [route] });
        draft.edge(server, id, 'routes', { file, node: at, reason: REASON });
        draft.edge(id, draft.fn(file, file.owner[at]), 'handles', { file, node: at, reason: REASON });
      }
  }
}

function pathsAt(tree: Tree, at: number): { path: string; isPrefix: boolean }[] {
  const literal = (node: number): string => (node !== NONE && tree.kind[node] === Kind.Literal ? textOf(tree, node) : ''); // prettier-ignore
  const asPath = (node: number, isPrefix: boolean) => literal(node).startsWith('/') ? [{ path: literal(node), isPrefix }] : []; // prettier-ignore
  switch (tree.kind[at]) {
    case Kind.BinaryExpression: {
      if (!/^===?$/.test(textOf(tree, at))) return [];
      const [left, right] = [childAt(tree, at, Field.left), childAt(tree, at, Field.right)];
      if (URLS.test(dotted(tree, left))) return asPath(right, false);
      return URLS.test(dotted(tree, right)) ? asPath(left, false) : [];
    }
    case Kind.SwitchStatement:
      return URLS.test(dotted(tree, childAt(tree, at, Field.discriminant)))
        ? childrenOf(tree, at, Field.cases).flatMap((each) => asPath(childAt(tree, each, Field.test), false))
        : [];
    case Kind.CallExpression:
      return calleeName(tree, at) === 'startsWith' && URLS.test(receiverText(tree, at))
        ? asPath(childAt(tree, at, Field.arguments), true)
        : [];
    default:
      return [];
  }
}

/** `method === 'POST' && url === '/x'`: the method of the same condition; `*`: any. */
function methodBeside({ tree }: Source, at: number): string {
  for (let above = tree.parent[at]; above > 0 && tree.kind[above] === Kind.LogicalExpression; above = tree.parent[above]) {
    if (textOf(tree, above) !== '&&') break;
    for (let inner = above; inner < tree.after[above]; inner++) {
      if (isFunction(tree, inner)) break;
      if (tree.kind[inner] === Kind.Literal && METHODS.test(textOf(tree, inner))) return textOf(tree, inner);
    }
  }
  return '*';
} // prettier-ignore
