import { expect, test } from 'vitest';
import { createRedaction } from './redact.ts';
import { MAX_URL, shownUrl } from './shown-url.ts';

const redaction = createRedaction({ names: ['vault'] });

test.each([
  ['http://localhost:3000/cart/7', 'http://localhost:3000/cart/7'],
  ['https://user:hunter2@host/a#top', 'https://host/a'],
  ['https://a@b:c@host', 'https://host'],
  ['https://host', 'https://host'],
  ['https://host?q=1', 'https://host?q'],
  ['/only/a/path?x=1', '/only/a/path?x'],
  ['host:443', 'host:443'],
  ['https://host/s?q=shoes&page=2&sort', 'https://host/s?q&page&sort'],
  ['https://host/s?8fe2a0', 'https://host/s?‹secret:8›'],
  ['https://host/s?ghp_0123456789abcdef0123=1', 'https://host/s?‹key:32›'],
  ['https://host/s?=&&a=b', 'https://host/s?a'],
  // By their shape.
  ['https://host/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln/x', 'https://host/‹jwt:64›/x'],
  ['https://host/ghp_0123456789abcdef0123/x', 'https://host/‹key:32›/x'],
  ['https://host/cards/4111111111111111', 'https://host/cards/‹card:16›'],
  ['https://hooks/services/T01/B02/aB3dE5fG7hI9jK1lM3nO5pQ7', 'https://hooks/services/T01/B02/‹random:32›'],
  ['https://host/mail/joe@example.org', 'https://host/mail/‹email:16›'],
  ['https://host/call/%2B49%2030%20901820/x', 'https://host/call/‹phone:16›/x'],
  ['https://host/a%20b/100%', 'https://host/a%20b/100%'],
  // Ids are none.
  ['https://host/0191e2b0-5f63-7b1c-9d2e-3a4b5c6d7e8f', 'https://host/0191e2b0-5f63-7b1c-9d2e-3a4b5c6d7e8f'],
  // By the name in front of them.
  ['https://host/token/8fe2a0/x', 'https://host/token/‹secret:8›/x'],
  ['https://host/vault/8fe2a0', 'https://host/vault/‹secret:8›'],
  ['https://host/auth/login', 'https://host/auth/login'],
])('%s → %s', (url, shown) => {
  expect(shownUrl(url, redaction)).toBe(shown);
});

test('long ones are cut, and not looked at to their end', () => {
  const shown = shownUrl(`https://host/${'a/'.repeat(1_000_000)}`, redaction);
  expect([shown.length, shown.at(-1)]).toEqual([MAX_URL, '…']);
});

test('the expressions of the program do not change', () => {
  /(b)/.exec('abc');
  shownUrl('https://u:p@host/token/8fe2a0?x=1#y', redaction);
  expect(RegExp.$1).toBe('b');
});
