import { expect, test } from 'vitest';
import { hostNames, hostsOf, isLoopback } from './hosts.ts';

test.each<[host: string, port: number, hosts: string[]]>([
  ['127.0.0.1', 4700, ['127.0.0.1:4700', 'localhost:4700', '[::1]:4700']],
  ['192.0.2.7', 4700, ['192.0.2.7:4700']],
  ['2001:db8::7', 4700, ['[2001:db8::7]:4700']],
  // Browsers leave the port of their protocol out.
  ['192.0.2.7', 80, ['192.0.2.7', '192.0.2.7:80']],
])('what may stand in Host of %s, port %i', (host, port, hosts) =>
  expect(hostsOf(host, port)).toEqual(hosts),
);

test('who listens everywhere is reached by all names of this machine, and as this machine', () => {
  for (const host of ['0.0.0.0', '::']) {
    expect(hostNames(host)).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', '[::1]']));
    expect(hostNames(host)).toEqual(hostNames(host).map((name) => name.toLowerCase()));
  }
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.evil.example', false],
  ['192.0.2.7', false],
])('nobody else reaches %s: %s', (host, expected) => expect(isLoopback(host)).toBe(expected));
