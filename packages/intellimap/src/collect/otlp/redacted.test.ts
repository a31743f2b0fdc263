import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRedaction } from '@intellimap/probe/core';
import { Refusal } from '../refusal.ts';
import { readCounts } from './counts-file.ts';
import { redactRequest } from './redacted.ts';
import { Telemetry } from './telemetry.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'intellimap-otlp-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pair = (key: string, value: object) => ({ key, value });
const text = (stringValue: string) => ({ stringValue });
const redacted = (request: Record<string, unknown>) => {
  redactRequest(request, createRedaction());
  return request;
};

test.each([
  ['texts by their looks', { body: text('to joe@example.org') }, { body: text('to ‹email:16›') }],
  ['an attribute by its name', pair('db.password', text('x')), pair('db.password', text('‹secret:4›'))],
  ['numbers, too', pair('pin', { intValue: 1234 }), pair('pin', text('‹secret:4›'))],
  ['lists', pair('cookie', { arrayValue: { values: [text('a')] } }), pair('cookie', text('‹secret:32›'))],
  ['nested', pair('form', { kvlistValue: { values: [pair('token', text('x'))] } }), pair('form', { kvlistValue: { values: [pair('token', text('‹secret:4›'))] } })],
  ['a card that is a number', pair('n', { intValue: '4111111111111111' }), pair('n', text('‹card:16›'))],
  ['bytes', pair('n', { bytesValue: 'aB3dE5fG7hI9jK1lM3nO5pQ7' }), pair('n', { bytesValue: '‹random:32›' })],
])('redacted: %s', (_, request, expected) => expect(redacted(request)).toEqual(expected)); // prettier-ignore

test.each([
  ['ids and times', { traceId: '4111111111111111', spanId: '4111111111111111', timeUnixNano: '4111111111111111', parentSpanId: '' }],
  ['plain attributes', { attributes: [pair('http.route', text('/cart/:id')), pair('n', { intValue: '42' }), pair('d', { doubleValue: 1.5 })] }],
  ['numbers of metrics', { asInt: '4111111111111111', count: '4111111111111111', bucketCounts: ['4111111111111111'] }],
  ['an attribute without a value', pair('password', {})],
  ['a token', pair('password', text('‹secret:7f3a91c2-4›'))],
])('stays: %s', (_, request) => expect(redacted(structuredClone(request))).toEqual(request)); // prettier-ignore

test('a request that is nested without an end is refused', () => {
  let body: unknown = 'x';
  for (let depth = 0; depth < 5000; depth++) body = depth % 2 === 0 ? { body } : [body];
  expect(() => redacted({ body })).toThrow(Refusal);
});

const log = (words: string) =>
  Buffer.from(
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: '5', body: text(words) }] }] }] }),
  ); // prettier-ignore

test('what is written and handed on has tokens, and is counted by rule, over collectors', () => {
  const told: object[] = [];
  const collector = () =>
    new Telemetry({
      run: () => ({ folder, startedAt: 0 }),
      redaction: createRedaction({ key: '0011223344556677' }),
      sink: (request) => void told.push(request),
    });
  const first = collector();
  expect(first.take('logs', log('nothing'), 'json')).toMatchObject({ kept: 1 });
  expect(existsSync(join(folder, 'redacted.json'))).toBe(false);
  first.take('logs', log('to joe@example.org'), 'json');
  // The same secret has the same token: what comes again is the same.
  const second = collector();
  expect(second.take('logs', log('to joe@example.org'), 'json')).toMatchObject({ kept: 0, duplicates: 1 });
  second.take('logs', log('of ann@example.org'), 'json');
  const written = readFileSync(join(folder, 'imported/log_records.ndjson'), 'utf8') + JSON.stringify(told);
  expect(written).not.toContain('example.org');
  expect(written.match(/‹email:[\da-f]{8}-16›/g)).toHaveLength(4);
  // One of them came again.
  expect(readCounts(folder)).toEqual({ email: { otlp: 3 } });
});
