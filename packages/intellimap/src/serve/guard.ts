/**
 * Who may ask. The server shows the memory of programs, and any page in the same browser can send it requests: so it answers only who has the cookie, only under a name of
 * this machine (a foreign name that leads here is DNS rebinding), and only pages of its own. Pure, but for the random numbers.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface Guard {
  /** Stands in the printed address, 256 bits. */
  readonly token: string;
  /** Whether it is the token. */
  isToken(text: string | undefined): boolean;
  /** `Set-Cookie` for who came with the token. */
  readonly cookie: string;
  /** Why a request is refused; null: it may pass. `open`: it needs no cookie, as it brings the token. */
  refusal(request: { method: string; headers: Headers }, open: boolean): Refusal | null;
}

export interface Refusal {
  status: 401 | 403;
  message: string;
  hint: string;
}

const HINT = 'Open the address that "intellimap open" printed.';
const random = (): string => randomBytes(32).toString('base64url');

/**
 * @param hosts what may stand in `Host`, with the port: `127.0.0.1:4700`, `localhost:4700`
 * @param port cookies are shared by all ports of a name: each server has one of its own
 */
export function createGuard(hosts: readonly string[], port: number): Guard {
  const token = random();
  // Not the token itself: who reads it somewhere in a history cannot make it from that.
  const secret = random();
  const name = `intellimap-${port}`;
  return {
    token,
    isToken: (text) => equals(text, token),
    cookie: `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`,
    refusal({ method, headers }, open) {
      const host = headers['host'];
      if (typeof host !== 'string' || !hosts.includes(host.toLowerCase()))
        return { status: 403, message: `"${told(host)}" is no name of this server`, hint: HINT };
      if (!isOwnPage(method, host, headers, open))
        return { status: 403, message: 'only pages of this server may ask it', hint: HINT };
      if (!open && !cookies(headers['cookie'], name).some((value) => equals(value, secret)))
        return { status: 401, message: 'nobody may look who was not let in', hint: HINT };
      return null;
    },
  };
}

/**
 * A browser tells with `Origin` and `Sec-Fetch-Site` who asks; programs that are no browsers tell nothing, and have to know the cookie. What may change
 * something always has to tell. Who follows a link to the address with the token comes from anywhere.
 */
function isOwnPage(method: string, host: string, headers: Headers, open: boolean): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return false;
  if (method !== 'GET' && method !== 'HEAD' && origin === undefined) return false;
  return site === undefined || site === 'same-origin' || site === 'none' || open;
}

/** Of the same length in time, whatever they have in common. */
function equals(given: string | undefined, secret: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookies(header: string | string[] | undefined, name: string): string[] {
  const pairs = (Array.isArray(header) ? header.join(';') : (header ?? '')).split(';');
  return pairs.flatMap((pair) => {
    const [key, value] = pair.trim().split('=', 2);
    return key === name && value !== undefined ? [value] : [];
  });
}

const told = (host: string | string[] | undefined): string => String(host ?? '').slice(0, 100);
