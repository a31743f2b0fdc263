import { bareNode, childAt, Field, has, Flag, isFunction, Kind, NONE, textOf } from '../../tree/tree.ts';
import type { Source } from '../../patterns/source.ts';
import { type Draft, given } from '../draft.ts';
import type { ThingKind } from '../kind.ts';
import { routeExpression, shown } from '../paths.ts';
import { joined } from '../routers.ts';
import type { Site } from '../site.ts';
import type { Made } from '../values/made.ts';
import { propertyTexts } from '../values/texts.ts';
import { rowOf } from './rows.ts';
import { isRouter } from './servers.ts';

const FRAMEWORK =
  /^(express(?:\.express|\.Router)?|fastify(?:\.fastify)?|koa|@koa\/router(?:\.Router)?|koa-router|hono(?:\/tiny|\/quick)?\.Hono|@hono\/zod-openapi\.OpenAPIHono|polka|connect|restify\.createServer|router|@hapi\/hapi\.server)\(\)/;
/** `app.get`, also behind others in a row: `app.get('/a', f).post`, `router.route('/a').get`. */
const VERB = /\.(get|post|put|patch|delete|del|head|options|all|any|use|route|register|mount)$/;
const BY_NAME = /^\?(?:app|router|routes?|server|api|fastify)\.(?:get|post|put|patch|delete|all)$/i;

export const routes: ThingKind = {
  name: 'routes',
  what: 'Method and path of what servers answer, through mounted routers, with the functions that answer',
  targets: new RegExp(`${FRAMEWORK.source}(?:\\.\\w+\\(\\))*${VERB.source}|${BY_NAME.source}`, 'i'),
  found(site, draft) {
    const { method } = site;
    if (method === 'use' || method === 'register' || method === 'mount') return used(site, draft);
    const all = given(site);
    if (method === 'route') return all.length > 1 ? used(site, draft) : ofObject(site, draft);
    const chain = routedAt(site, draft);
    if (chain === null) return;
    const verbs =
      method === 'all' || method === 'any' ? '*' : method === 'del' ? 'DELETE' : method.toUpperCase();
    const paths = chain.path ?? all[0];
    // `app.get('trust proxy')` asks for a setting.
    if (paths === undefined || (chain.path === undefined && all.length < 2)) return;
    add(site, draft, { router: chain.router, verbs: [verbs], paths: pathsOf(draft, site.file, paths), handlers: chain.path === undefined ? all.slice(1) : all }); // prettier-ignore
  },
};

interface Route {
  /** null: something that is called like one. */
  router: Made | null;
  verbs: string[];
  paths: string[];
  handlers: number[];
}

function add(site: Site, draft: Draft, { router, verbs, paths, handlers }: Route): void {
  const { file, node } = site;
  draft.later.push(() => {
    const ways = router === null ? [] : draft.routers.ways(draft.identity(router));
    const own = router === null ? [''] : prefixesOf(router, draft);
    const prefix = pluginPrefixes(draft, file, node).flatMap((head) => own.map((each) => joined(head, each)));
    for (const verb of verbs)
      for (const path of paths) {
        const inner = prefix.map((each) => joined(each, path));
        const whole = [...new Set(ways.length === 0 ? inner : ways.flatMap(({ at }) => inner.map((each) => joined(at, each))))].map((each) => each || '/'); // prettier-ignore
        const isSure = router !== null && !path.includes('\0');
        const reason = router === null ? 'it is called like a router' : isSure ? null : 'its path is computed';
        const name = `${verb} ${shown(whole.toSorted((a, b) => a.length - b.length)[0])}`;
        const id = draft.node('route', name, { file, node, madeWith: router === null ? undefined : FRAMEWORK.exec(draft.api(router))?.[1].split('.')[0], reason, matches: routeExpression(verb, whole) }); // prettier-ignore
        draft.paths.set(id, { method: verb, paths: whole });
        for (const { root, at } of ways) {
          const server = draft.made.get(root);
          if (server !== undefined) draft.edge(server, id, 'routes', { file, node, label: ways.length > 1 ? `at ${at || '/'}` : null, reason }); // prettier-ignore
        }
        const found = draft.handlers(id, 'handles', file, handlers.slice(-1), { file, node, reason });
        if (found === 0) draft.edge(id, draft.around(site), 'handles', { file, node, label: 'made here', reason: 'its handler is no function of the workspace', certainty: 'possible' }); // prettier-ignore
        draft.handlers(id, 'handles', file, handlers.slice(0, -1), { file, node, label: 'before it', reason });
      }
  });
} // prettier-ignore

/** The router of a call in a row, and the path that `.route(path)` gave. */
function routedAt(site: Site, draft: Draft): { router: Made | null; path?: number } | null {
  if (site.receiver === null) return textsBegin(site, draft) ? { router: null } : null;
  const row = rowOf(draft, site.receiver);
  return row.path === NONE ? { router: row.first } : { router: row.first, path: row.path };
}

/** Of something that is called like a router: paths that begin with a slash. */
const textsBegin = (site: Site, draft: Draft): boolean => {
  const all = given(site);
  return all.length > 1 && draft.texts(site.file, all[0]).every((text) => /^\/|^\*/.test(text)) && isFunctionLike(site.file, all.at(-1)!); // prettier-ignore
};
const isFunctionLike = ({ tree }: Source, node: number): boolean => isFunction(tree, bareNode(tree, node));

/** Texts, lists of texts; of a regular expression its text. */
function pathsOf(draft: Draft, file: Source, expression: number): string[] {
  const list = draft.values.of(file, expression).filter((each) => each.file.tree.kind[each.node] === Kind.ArrayExpression); // prettier-ignore
  if (list.length > 0) return draft.values.elements(file, expression).flatMap((each) => draft.texts(each.file, each.node)); // prettier-ignore
  const bare = bareNode(file.tree, expression);
  const isPattern = file.tree.kind[bare] === Kind.Literal && !has(file.tree, bare, Flag.STRING);
  return isPattern ? [`(${textOf(file.tree, bare)})`] : draft.texts(file, expression);
} // prettier-ignore

/** `new Router({ prefix: '/api' })` */
function prefixesOf(router: Made, draft: Draft): string[] {
  const { file, node } = router;
  const first = childAt(file.tree, node, Field.arguments);
  if (first === NONE || !/outer/.test(draft.api(router))) return [''];
  const texts = propertyTexts(draft.values, file, first, 'prefix', router.frame);
  return texts.length > 0 ? texts : [''];
}

/** `fastify.route({ method, url, handler })` */
function ofObject(site: Site, draft: Draft): void {
  const { file, receiver } = site;
  const [object] = given(site);
  if (object === undefined || receiver === null) return;
  const text = (name: string): string[] => propertyTexts(draft.values, file, object, name);
  const paths = [...text('url'), ...text('path')];
  if (paths.length === 0) return;
  const handlers = draft.values.of(file, object).flatMap((each) => draft.values.property(each, 'handler'));
  const verbs = text('method').map((each) => each.toUpperCase());
  add(site, draft, { router: receiver, verbs: verbs.length > 0 ? verbs : ['*'], paths, handlers: handlers.filter((each) => each.file === file).map(({ node }) => node) }); // prettier-ignore
}

/** `app.use('/api', router)`, `app.register(plugin, { prefix })`, `app.use(middleware)`. */
function used(site: Site, draft: Draft): void {
  const { file, node, receiver, method } = site;
  const all = given(site);
  if (receiver === null || all.length === 0) return;
  const chain = routedAt(site, draft)?.router ?? receiver;
  const on = draft.identity(chain);
  const isPath = method !== 'register' && draft.values.of(file, all[0]).some((each) => isText(each));
  const prefixes = method === 'register' ? (all[1] === undefined ? [''] : propertyTexts(draft.values, file, all[1], 'prefix')) : isPath ? pathsOf(draft, file, all[0]) : ['']; // prettier-ignore
  for (const at of prefixes.length > 0 ? prefixes : [''])
    for (const each of isPath ? all.slice(1) : all)
      for (const value of draft.values.of(file, each)) {
        const api = draft.api(value);
        if (isRouterCall(api)) draft.routers.mount(draft.identity(value), on, at);
        else if (isFunction(value.file.tree, value.node) && method === 'register') plugin(value, at, site, draft);
        else if (isFunction(value.file.tree, value.node)) before(site, on, at, value, draft);
        else if (/static(?:\(\))?$/.test(api)) statics({ file, node }, chain, at, api, draft);
      }
} // prettier-ignore

const isText = ({ file, node }: Made): boolean => {
  const kind = file.tree.kind[node];
  return kind === Kind.Literal || kind === Kind.TemplateLiteral || kind === Kind.BinaryExpression || kind === Kind.ArrayExpression; // prettier-ignore
};
const isRouterCall = (api: string): boolean => {
  const framework = FRAMEWORK.exec(api)?.[1];
  return framework !== undefined && (/^[^()]*\(\)(?:\.\w+\(\))*$/.test(api) || isRouter(framework));
};

/** Routes that a plugin adds are those of who registered it, whom its parameter stands for, below its prefix. */
function plugin({ file, node }: Made, at: string, site: Site, draft: Draft): void {
  const key = `${file.path}:${node}`;
  draft.plugins.set(key, [...(draft.plugins.get(key) ?? []), { at, file: site.file, node: site.node }]);
}

/** What plugins around a place put in front of its paths. */
function pluginPrefixes(draft: Draft, file: Source, node: number, deep = 5): string[] {
  if (deep === 0) return [''];
  for (let fn = file.owner[node]; fn > 0; fn = file.owner[fn]) {
    const all = draft.plugins.get(`${file.path}:${fn}`);
    if (all === undefined) continue;
    return all.flatMap((each) => pluginPrefixes(draft, each.file, each.node, deep - 1).map((head) => joined(head, each.at))); // prettier-ignore
  }
  return [''];
}

/** Runs before routes. */
function before({ file, node }: Site, on: string, at: string, value: Made, draft: Draft): void {
  draft.later.push(() => {
    for (const way of draft.routers.ways(on)) {
      const server = draft.made.get(way.root);
      if (server !== undefined) draft.edge(server, draft.fn(value.file, value.node), 'handles', { file, node, label: `before ${joined(way.at, at) || '/'}` }); // prettier-ignore
    }
  });
}

/** Files of a folder. */
function statics(place: { file: Source; node: number }, router: Made, at: string, api: string, draft: Draft): void {
  draft.later.push(() => {
    for (const way of draft.routers.ways(draft.identity(router))) {
      const server = draft.made.get(way.root);
      const path = `${joined(way.at, at)}/*`;
      const id = draft.node('route', `GET ${path}`, { ...place, madeWith: api.replace(/\(\)$/, ''), matches: routeExpression('GET', [path]), certainty: 'possible', reason: 'files of a folder' }); // prettier-ignore
      if (server !== undefined) draft.edge(server, id, 'routes', { ...place, reason: 'files of a folder' });
    }
  });
} // prettier-ignore
