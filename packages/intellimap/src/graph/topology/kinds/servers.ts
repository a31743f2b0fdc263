import { childAt, Field, NONE } from '../../tree/tree.ts';
import { type Draft, given } from '../draft.ts';
import type { ThingKind } from '../kind.ts';
import type { Site } from '../site.ts';
import { keyOf, type Made } from '../values/made.ts';
import { propertyTexts } from '../values/texts.ts';
import { comparedRoutes } from './compared-routes.ts';
import { rowOf } from './rows.ts';

/** Made by a call or `new`, and what people call it. */
const SERVERS: readonly (readonly [RegExp, string])[] = [
  [/^https?\.(?:createServer|Server)$/, 'http'],
  [/^http2\.create(?:Secure)?Server$/, 'http2'],
  [/^(?:net|tls)\.(?:createServer|Server)$/, 'net'],
  [/^dgram\.createSocket$/, 'udp'],
  [/^express(?:\.express)?$/, 'express'],
  [/^(?:fastify(?:\.fastify)?)$/, 'fastify'],
  [/^koa$/, 'koa'],
  [/^hono(?:\/tiny|\/quick)?\.Hono$/, 'hono'],
  [/^@hono\/zod-openapi\.OpenAPIHono$/, 'hono'],
  [/^(?:polka|connect|restana|find-my-way)$/, 'connect'],
  [/^restify\.createServer$/, 'restify'],
  [/^@hapi\/hapi\.(?:server|Server)$/, 'hapi'],
  [/^ws\.(?:WebSocketServer|Server)$/, 'ws'],
  [/^socket\.io\.Server$|^socket\.io$/, 'socket.io'],
  [/^vite\.(?:createServer|preview)$/, 'vite'],
  [/^(?:Bun|Deno)\.serve$/, 'serve'],
];
const ROUTERS = /^(?:express\.Router|@koa\/router(?:\.Router)?|koa-router|router)$/;
const LISTEN =
  /^(?:https?|http2|net|tls|dgram|express|fastify|koa|polka|connect|restify|@hapi|vite).*\(\)\.(?:listen|start|bind)$|^@hono\/node-server\.serve$/;
const HEARS = /^(?:https?|http2|net|tls|dgram|ws|socket\.io).*\(\)\.(?:on|once)$/;
/** What a server calls its listeners for, when somebody comes. */
const COMES = /^(?:connection|request|upgrade|stream|message|secureConnection)$/;
const HTTP = new Set(['http', 'http2', 'net']);

export const isRouter = (api: string): boolean => ROUTERS.test(api);

export const servers: ThingKind = {
  name: 'servers',
  what: 'What others connect to: http, net, ws, socket.io, and applications of express, fastify, koa, hono, hapi and others',
  targets: new RegExp(
    [...SERVERS.map(([name]) => name.source), ROUTERS.source, LISTEN.source, HEARS.source].join('|'),
  ),
  found(site, draft) {
    const { target } = site;
    if (LISTEN.test(target)) return listens(site, draft);
    if (HEARS.test(target)) return hears(site, draft);
    const called = SERVERS.find(([name]) => name.test(target))?.[1];
    if (called !== undefined) made(site, draft, called);
  },
};

function made(site: Site, draft: Draft, called: string): void {
  const { file, node } = site;
  const key = keyOf(site);
  const all = given(site);
  if (HTTP.has(called))
    for (const each of all)
      for (const value of draft.values.of(file, each)) {
        if (draft.api(value).endsWith('()')) draft.routers.mount(draft.identity(value), key, '');
      }
  // What is mounted elsewhere is a part of another one: that is known when all was looked at.
  draft.later.push(() => {
    if (draft.routers.isMounted(key)) return;
    const id = serverNode(site, draft, called);
    const handled = draft.handlers(id, 'handles', file, called === 'serve' ? fetchOf(site, draft) : all, { file, node }); // prettier-ignore
    if (HTTP.has(called) && handled > 0) for (const each of all) comparedRoutes(site, each, id, draft);
  });
}

/** `serve({ fetch(request) {} })` */
const fetchOf = (site: Site, draft: Draft): number[] =>
  given(site).flatMap((each) => draft.values.of(site.file, each).flatMap((object) => draft.values.property(object, 'fetch').filter((value) => value.file === site.file).map((value) => value.node))); // prettier-ignore

/** Named by where it is made: a port is seldom known. */
export function serverNode(site: Pick<Site, 'file' | 'node'>, draft: Draft, called: string): string {
  const { file, node } = site;
  const name = file.functionOf(file.owner[node])?.name ?? file.path;
  const id = draft.node('server', `${called} server in ${name}`, { file, node, madeWith: called });
  draft.made.set(keyOf({ file, node }), id);
  return id;
}

function listens(site: Site, draft: Draft): void {
  const { file, node, receiver } = site;
  const all = given(site);
  const servers = receiver === null ? servedBy(site, draft) : [receiver];
  const label = portOf(site, draft, all[receiver === null && all.length > 1 ? 1 : 0]);
  atServers(servers, draft, (id) => draft.edge(draft.around(site), id, 'listens', { file, node, label }));
}

/** `serve(app)`, `serve({ fetch: app.fetch })` */
const servedBy = (site: Site, draft: Draft): Made[] =>
  draft.values.of(site.file, given(site)[0] ?? NONE).flatMap((each) => {
    const inner = draft.values.property(each, 'fetch').flatMap((value) => draft.values.of(value.file, childAt(value.file.tree, value.node, Field.object), value.frame)); // prettier-ignore
    return [each, ...inner];
  });

/** `listen(80)`, `listen({ port: 80 })` */
function portOf({ file }: Site, draft: Draft, port: number | undefined): string | null {
  if (port === undefined) return null;
  const text = [...draft.texts(file, port), ...propertyTexts(draft.values, file, port, 'port')].find((each) => /^\d+$/.test(each)); // prettier-ignore
  return text === undefined ? null : `port ${text}`;
}

/** Functions that are called for those who come. */
function hears(site: Site, draft: Draft): void {
  const { file, node, receiver } = site;
  const [event, ...handlers] = given(site);
  const events = draft.texts(file, event).filter((text) => COMES.test(text));
  if (receiver === null) return;
  for (const label of events)
    atServers([receiver], draft, (id) =>
      draft.handlers(id, 'handles', file, handlers, { file, node, label }),
    );
}

/** When servers are known, and what is mounted on which. */
function atServers(made: readonly Made[], draft: Draft, at: (id: string) => void): void {
  draft.later.push(() =>
    draft.later.push(() => {
      const roots = new Set(
        made.flatMap((each) =>
          draft.routers.ways(draft.identity(rowOf(draft, each).first)).map(({ root }) => root),
        ),
      );
      for (const root of roots) {
        const id = draft.made.get(root);
        if (id !== undefined) at(id);
      }
    }),
  );
}
