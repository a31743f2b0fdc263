/** Paths of routes and of requests: how they are shown, what recordings call them, and whether the one leads to the other. Pure. */
import { routeOf } from '../../base/routes.ts';
import { HOLE } from './values/texts.ts';

/** Holes as people write them: `/users/*`. */
export const shown = (text: string): string => text.replaceAll(HOLE, '*');

/** A part of a path that stands for others: `:id`, `:id?`, `:id(\d+)`, `*`, `*rest`, `{*rest}`, `[id]`, `$id`. */
const WILD = /^(?::[\w]+(?:\([^)]*\)|\{[^}]*\})?[?*+]?|\[\w+\]|\$\w+)$/;
const REST = /^(?:\*\w*|\{\*\w+\}|\(\.\*\)|:\w+\*|\[\.\.\.\w+\])$/;

/** What `resource_routes` have in place of a number or an id, as part of an expression. */
const STAR = String.raw`\*`;

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** `/users/:id` → `/users/[^/]+`, without ends. */
function pathExpression(path: string): string {
  return path
    .split('/')
    .filter(Boolean)
    .map((part) => {
      if (REST.test(part)) return '(/.*)?';
      if (/^:\w+\?$/.test(part)) return '(/[^/]+)?';
      if (WILD.test(part)) return '/[^/]+';
      return `/${part.split(/(\0|:\w+)/).map((piece) => (piece === HOLE ? '[^/]*' : /^:\w/.test(piece) ? '[^/]+' : escaped(piece))).join('')}`; // prettier-ignore
    })
    .join('');
}

/** What tasks of requests are called that a route answers: `GET /users/1`. @param paths each beginning with a slash */
export function routeExpression(method: string, paths: readonly string[]): string {
  const words = method === '*' ? '[A-Z]+' : method === 'GET' ? '(GET|HEAD)' : escaped(method);
  const all = [...new Set(paths.map(pathExpression))];
  return `^${words} ${all.length === 1 ? all[0] : `(${all.join('|')})`}/?$`;
}

/** What `resource_routes` call requests of a client, with the method in front, `GET 127.0.0.1:*``/users/*`, and as well what their URLs say: `GET 127.0.0.1:41234/users/7`. */
export function clientExpression(method: string, url: string): string | null {
  const { host, path } = partsOf(url);
  if (path.replaceAll(HOLE, '').length < 2 && host === null) return null;
  const words = method === '*' ? '[A-Z]+' : escaped(method);
  const where = host === null ? '[^/]+' : hostExpression(host);
  const parts = path
    .split('/')
    .filter(Boolean)
    .map((part) => `/${partExpression(part)}`);
  return `^${words} ${where}${parts.join('')}/?$`;
}

/** Of a port that systems give away, routes have `*`. */
function hostExpression(host: string): string {
  const where = host.split(HOLE).map(escaped).join('.*');
  return routeOf(host) === host ? where : where.replace(/\d+$/, `($&|${STAR})`);
}

/** Of a number or an id, routes have `*`; of what is known in part, perhaps. */
function partExpression(part: string): string {
  const text = part.split(HOLE).map(escaped).join('[^/]*');
  const isOpen = part !== HOLE && (part.includes(HOLE) || routeOf(`/${part}`) !== `/${part}`);
  return isOpen ? `(${text}|${STAR})` : text;
}

/** Of a URL that may have holes: its host (null: not known) and its path, without a query. */
export function partsOf(url: string): { host: string | null; path: string } {
  const whole = /^\w+:\/\/([^/?#]*)([^?#]*)/.exec(url);
  if (whole !== null) return { host: whole[1].replaceAll(HOLE, '') === '' ? null : whole[1], path: whole[2] };
  const plain = url.replace(/[?#].*$/, '');
  // `${base}/users`: what comes first is the host, whatever it is.
  const path = /^\0(?=\/)/.test(plain) ? plain.slice(1) : plain;
  return { host: null, path: path.startsWith('/') || path.startsWith(HOLE) ? path : `/${path}` };
}

const HERE = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::|$)/;

/** How well a request fits a route, in parts that say the same; null: it does not. */
export function fits(
  request: { method: string; url: string },
  route: { method: string; path: string },
): number | null {
  if (request.method !== '*' && route.method !== '*' && request.method !== route.method) return null;
  const { host, path } = partsOf(request.url);
  if (host !== null && !HERE.test(host)) return null;
  const asked = path.split('/').filter(Boolean);
  // A path of which nothing is known would fit everything.
  if (asked.length > 0 && asked.every((part) => part === HOLE)) return null;
  const there = route.path.split('/').filter(Boolean);
  let same = request.method === route.method ? 1 : 0;
  for (const [at, part] of there.entries()) {
    if (REST.test(part)) return same;
    const other = asked[at];
    if (other === undefined) return part.endsWith('?') && WILD.test(part) ? same : null;
    if (WILD.test(part) || part === HOLE) continue;
    if (other === part) same += 2;
    else if (other.includes(HOLE) && meets(other, part)) same += 1;
    else return null;
  }
  return asked.length === there.length ? same + 1 : null;
}

/** A hole alone stands for an id, not for a word of a route. */
const meets = (part: string, word: string): boolean =>
  part !== HOLE && new RegExp(`^${part.split(HOLE).map(escaped).join('.*')}$`).test(word);
