import { NONE } from '../../tree/tree.ts';
import { type Draft, given } from '../draft.ts';
import type { ThingKind } from '../kind.ts';
import type { Site } from '../site.ts';
import { keyOf } from '../values/made.ts';
import { HOLE } from '../values/texts.ts';
import { comparedRoutes } from './compared-routes.ts';

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
  [/^(?:Bun|Deno)\.serve$/, 'serve'],
];
const ROUTERS = /^(?:express\.Router|@koa\/router(?:\.Router)?|koa-router|router)$/;
const LISTEN = /^(?:https?|http2|net|tls|dgram|express|fastify|koa|polka|connect|restify|@hapi).*\(\)\.(?:listen|start|bind)$|^@hono\/node-server\.serve$/;
const HTTP = new Set(['http', 'http2', 'net']);

export const isRouter = (api: string): boolean => ROUTERS.test(api);

export const servers: ThingKind = {
  name: 'servers',
  what: 'What others connect to: http, net, ws, socket.io, and applications of express, fastify, koa, hono, hapi and others',
  targets: new RegExp([...SERVERS.map(([name]) => name.source), ROUTERS.source, LISTEN.source].join('|')),
  found(site, draft) {
    const { target } = site;
    if (LISTEN.test(target)) return listens(site, draft);
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
        if (/\(\)$/.test(draft.api(value))) draft.routers.mount(draft.identity(value), key, '');
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
  draft.later.push(() => {
    if (receiver === null) return;
    for (const { root } of draft.routers.ways(draft.identity(receiver))) {
      const id = draft.made.get(root);
      if (id === undefined) continue;
      const [port] = given(site);
      const text = port === undefined || port === NONE ? HOLE : draft.texts(file, port)[0];
      draft.edge(draft.around(site), id, 'listens', { file, node, label: /^\d+$/.test(text) ? `port ${text}` : null }); // prettier-ignore
    }
  });
}
