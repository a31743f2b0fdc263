/**
 * Who may send, as far as headers tell. A page that leads a name of its own to this machine (DNS rebinding) is known by `Host`, a page of somebody else by
 * `Origin`; programs that are no browsers tell no origin. Whoever passes still needs a token. Pure.
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.ts';

export interface Admission {
  /** Undefined: they may pass. */
  refusal(headers: IncomingHttpHeaders): Refusal | undefined;
  /** What CORS says to an origin that may send: the same for preflights and answers. Never `*`, never with credentials. */
  cors(headers: IncomingHttpHeaders): Record<string, string>;
  /** Whether the token of the workspace is there. */
  hasToken(headers: IncomingHttpHeaders): boolean;
}

export interface AdmissionOptions {
  /** What may stand in `Host`, with the port. */
  hosts: readonly string[];
  /** Beside those of this machine: `https://shop.example`. */
  origins: readonly string[];
  token: string;
}

const LOCAL =
  /^https?:\/\/(?:localhost|[\w-]+(?:\.[\w-]+)*\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;

/** How a preflight may be answered for. */
const PREFLIGHT = {
  'access-control-allow-methods': 'POST, GET',
  'access-control-allow-headers':
    'content-type, content-encoding, authorization, x-intellimap-token, traceparent, tracestate',
  'access-control-max-age': '600',
};

export function createAdmission({ hosts, origins, token }: AdmissionOptions): Admission {
  const names = new Set(hosts.map((name) => name.toLowerCase()));
  const allowed = new Set(origins);
  const mayCome = (origin: string): boolean => LOCAL.test(origin) || allowed.has(origin);
  const secret = Buffer.from(token);
  return {
    refusal({ host, origin }) {
      if (host === undefined || !names.has(host.toLowerCase()))
        return new Refusal(403, `"${shown(host)}" is no name of this collector`);
      if (origin !== undefined && !mayCome(origin))
        return new Refusal(403, `pages of ${shown(origin)} may not send; --allow-origin lets them`);
      return undefined;
    },
    cors({ origin, ...headers }) {
      if (origin === undefined || !mayCome(origin)) return { vary: 'origin' };
      const asksForMachine = headers['access-control-request-private-network'] === 'true';
      return {
        vary: 'origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'retry-after',
        ...(headers['access-control-request-method'] !== undefined && PREFLIGHT),
        ...(asksForMachine && { 'access-control-allow-private-network': 'true' }),
      };
    },
    hasToken({ authorization, ...headers }) {
      const own = headers['x-intellimap-token'];
      const given = typeof own === 'string' ? own : (/^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
      const told = Buffer.from(given);
      return told.length === secret.length && timingSafeEqual(told, secret);
    },
  };
}

const shown = (text = ''): string => text.slice(0, 100);
