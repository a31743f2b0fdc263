import { expect, test } from 'vitest';
import { routeOf } from './routes.ts';

test.each([
  ['https://api.example/users/17?page', 'api.example/users/*'],
  ['https://api.example/v1/users/17/carts/3', 'api.example/v1/users/*/carts/*'],
  ['http://localhost:3000/', 'localhost:3000/'],
  ['http://localhost:3000', 'localhost:3000'],
  ['http://127.0.0.1:41234/users/7', '127.0.0.1:*/users/*'],
  ['https://host/0191e2b0-5f63-7b1c-9d2e-3a4b5c6d7e8f/x', 'host/*/x'],
  ['https://host/deadbeef/x', 'host/deadbeef/x'],
  ['https://host/dead8eef/x', 'host/*/x'],
  ['https://host/token/[redacted]', 'host/token/*'],
  ['https://host/token/‹secret:7f3a91c2-8›/x?a', 'host/token/*/x'],
  ['https://host/oauth2/s3/summer-2026', 'host/oauth2/s3/summer-2026'],
  ['https://host/a-very-long-name-of-26', 'host/*'],
  ['https://host/cut…', 'host/*'],
  ['/path/1', '/path/*'],
  ['', ''],
])('%s → %s', (url, route) => expect(routeOf(url)).toBe(route));
