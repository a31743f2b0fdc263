import { expect, test } from 'vitest';
import { createGuard, type Headers } from './guard.ts';

const guard = createGuard(['127.0.0.1:4700', 'localhost:4700'], 4700);
const cookie = guard.cookie.split(';', 1)[0];
const status = (method: string, headers: Headers, open = false): number =>
  guard.refusal({ method, headers: { host: 'localhost:4700', cookie, ...headers } }, open)?.status ?? 200;

test.each<[what: string, status: number, method: string, headers: Headers]>([
  ['who has the cookie', 200, 'GET', {}],
  ['beside cookies of others', 200, 'GET', { cookie: `intellimap-4701=x; ${cookie}; a=b` }],
  ['without it', 401, 'GET', { cookie: undefined }],
  ['with another', 401, 'GET', { cookie: `${cookie}x` }],
  ['of another port', 401, 'GET', { cookie: cookie.replace('4700', '4701') }],
  ['a foreign name that leads here', 403, 'GET', { host: 'evil.example:4700' }],
  ['another port', 403, 'GET', { host: 'localhost:4701' }],
  ['no name', 403, 'GET', { host: undefined }],
  ['a foreign page', 403, 'GET', { origin: 'http://evil.example' }],
  ['a page of another port', 403, 'GET', { origin: 'http://localhost:4701' }],
  ['a page without an origin', 403, 'GET', { origin: 'null' }],
  ['this page', 200, 'POST', { origin: 'http://localhost:4700' }],
  ['a POST that says nothing', 403, 'POST', {}],
  ['an image in a foreign page', 403, 'GET', { 'sec-fetch-site': 'cross-site' }],
  ['one in a page of another port', 403, 'GET', { 'sec-fetch-site': 'same-site' }],
  ['an address that was typed', 200, 'GET', { 'sec-fetch-site': 'none' }],
])('%s: %i', (_, expected, method, headers) => {
  expect(status(method, headers)).toBe(expected);
});

test('the address with the token needs no cookie, and may be a link of any page; the name has to be right', () => {
  expect(status('GET', { cookie: undefined, 'sec-fetch-site': 'cross-site' }, true)).toBe(200);
  expect(status('GET', { cookie: undefined, host: 'evil.example' }, true)).toBe(403);
});

test('the token is 256 random bits, the cookie tells nothing of it, and scripts cannot read it', () => {
  expect(Buffer.from(guard.token, 'base64url')).toHaveLength(32);
  expect(guard.cookie).toMatch(/^intellimap-4700=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(guard.cookie).not.toContain(guard.token);
  expect(createGuard([], 1).token).not.toBe(guard.token);
  expect(['', undefined, guard.token.slice(1), `${guard.token}x`].some((text) => guard.isToken(text))).toBe(
    false,
  );
  expect(guard.isToken(guard.token)).toBe(true);
});
