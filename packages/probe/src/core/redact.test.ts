import { expect, it } from 'vitest';
import { createRedaction } from './redact.ts';

const { isSecretName, shapeOf } = createRedaction(['Blut-Gruppe']);

it.each([
  'password', 'userPassword', 'PASS_WORD', 'client_secret', 'accessToken', 'x-api-key', 'Authorization', 'Set-Cookie', 'privateKey', 'session_id', 'cvv', 'pass', 'login.pass', 'setPassword.value', 'blutgruppe',
])('the name %s is secret', (name) => expect(isSecretName(name)).toBe(true)); // prettier-ignore

it.each(['user', 'tokenizer.input', 'pinned', 'passed', 'authors', 'key', 'id', 'sidebar', ''])(
  'the name %s is not',
  (name) => expect(isSecretName(name)).toBe(false),
);

it.each([
  ['Bearer abcdef.1234-XYZ', 'credentials'],
  ['Authorization: Basic dXNlcjpwYXNz', 'credentials'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE', 'private key'],
  ['x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', 'web token'],
  ['ghp_0123456789abcdefghijABCDEFGHIJ', 'key'],
  ['AKIAIOSFODNN7EXAMPLE', 'key'],
  ['postgres://joe:hunter2@db/shop', 'credentials'],
  ['{"user":"joe","password":"x"}', 'named secret'],
  [String.raw`{\"apiKey\":\"x\"}`, 'named secret'],
  ['a=1&access_token=zzz', 'named secret'],
  ['card 4111 1111 1111 1111.', 'card number'],
  ['5500-0000-0000-0004', 'card number'],
  ['378282246310005', 'card number'],
])('%s: %s', (text, why) => expect(shapeOf(text)).toBe(why));

it.each([
  'a short text', 'https://example.org/a:b?c=d', '4111 1111 1111 1112', '1790000000000000', 'order4111111111111111', 'the bearer of', 'a basic idea of it',
  'passwords are hard', '{"token":null,"x":1}'.replace('null', ''), 'task-1234567890123456', '2026-11-21T10:00:00.000Z', 'password', '',
])('nothing secret: %s', (text) => expect(shapeOf(text)).toBeUndefined()); // prettier-ignore

it('does not care how long a text is', () => {
  expect(shapeOf('x '.repeat(1e6))).toBeUndefined();
});
