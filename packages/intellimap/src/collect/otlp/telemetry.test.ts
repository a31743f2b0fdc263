import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRedaction } from '@intellimap/probe/core';
import { KeySet } from './key-set.ts';
import { Telemetry } from './telemetry.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'intellimap-otlp-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As a new collector, which knows of nothing but the files. */
const telemetry = () =>
  new Telemetry({ run: () => ({ folder, startedAt: 1_000 }), redaction: createRedaction() });
const fileOf = (table: string) => join(folder, 'imported', `${table}.ndjson`);
const rowsOf = (table: string) =>
  readFileSync(fileOf(table), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** What the SDK of OpenTelemetry for JavaScript 2.12 sent, of two spans, two log records and four metrics. */
const sent = (signal: string) => readFileSync(new URL(`fixtures/${signal}.pb`, import.meta.url));

test('spans of an SDK', () => {
  expect(telemetry().take('traces', sent('traces'), 'protobuf')).toMatchObject({ kept: 2, rejected: 0 });
  const [inner, outer] = rowsOf('spans');
  expect(inner).toMatchObject({ name: 'inner', kind: 'internal', status: 'error', status_message: 'bad' });
  expect(inner).toMatchObject({ parent_span_id: outer['span_id'], trace_id: outer['trace_id'] });
  expect(outer).toMatchObject({
    name: 'outer',
    kind: 'server',
    service: 'unknown_service:node',
    status: 'unset',
  });
  expect(JSON.parse(outer['attributes'] as string)).toEqual({
    a: 1,
    b: 'x',
    c: [1.5, 2.5],
    d: true,
    e: -5,
    'code.function.name': 'total',
    'code.file.path': '/app/cart.js',
  });
});

test('log records of an SDK', () => {
  telemetry().take('logs', sent('logs'), 'protobuf');
  expect(rowsOf('log_records')).toMatchObject([
    {
      severity: 17,
      severity_text: 'ERROR',
      body: '{"k":[1,"two"]}',
      scope: 'l',
      attributes: '{"z":null,"y":"q"}',
    },
    { severity: 0, body: 'text', event_name: 'ev', trace_id: null, service: 'unknown_service:node' },
  ]);
});

test('metrics of an SDK', () => {
  telemetry().take('metrics', sent('metrics'), 'protobuf');
  const rows = rowsOf('metric_points');
  expect(rows).toMatchObject([
    {
      name: 'hits',
      kind: 'sum',
      monotonic: true,
      temporality: 'cumulative',
      unit: '1',
      description: 'h',
      value: 7,
    },
    { name: 'lat', kind: 'histogram', count: 1, sum: 12.5, min: 12.5, max: 12.5, value: null },
    { name: 'g', kind: 'sum', monotonic: false, value: -3 },
    { name: 'gg', kind: 'gauge', value: 0.25, monotonic: null },
  ]);
  expect(rows.map(({ attributes }) => attributes)).toEqual(['{"route":"/x"}', '{}', '{}', '{}']);
});

test.each([
  ['traces', 'spans'],
  ['logs', 'log_records'],
  ['metrics', 'metric_points'],
] as const)('%s that come again are stored once, by the next collector, too', (signal, table) => {
  const first = telemetry();
  const { kept } = first.take(signal, sent(signal), 'protobuf');
  expect(first.take(signal, sent(signal), 'protobuf')).toMatchObject({ kept: 0, duplicates: kept });
  expect(telemetry().take(signal, sent(signal), 'protobuf')).toMatchObject({ kept: 0, duplicates: kept });
  expect(rowsOf(table)).toHaveLength(kept);
});

test('records that say the same in one request are as many', () => {
  const record = { timeUnixNano: '5', body: { stringValue: 'again' } };
  const body = Buffer.from(
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record, record] }] }] }),
  );
  expect(telemetry().take('logs', body, 'json')).toMatchObject({ kept: 2, duplicates: 0 });
  expect(telemetry().take('logs', body, 'json')).toMatchObject({ kept: 0, duplicates: 2 });
});

test('null is nothing, as the SDK writes NaN and Infinity into JSON: what holds it is kept', () => {
  const take = (signal: 'traces' | 'logs' | 'metrics', request: object) =>
    telemetry().take(signal, Buffer.from(JSON.stringify(request)), 'json');
  const attributes = [
    { key: 'ratio', value: { doubleValue: NaN } },
    { key: 'none', value: null },
    { key: 'n', value: { intValue: 3 } },
  ];
  const times = { startTimeUnixNano: '5000', endTimeUnixNano: '6000' };
  const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: null };
  const span = { ...ids, ...times, name: 'one', status: null, events: null, attributes };
  expect(take('traces', { resourceSpans: [{ resource: null, scopeSpans: [{ spans: [span] }] }] })).toEqual({
    kept: 1,
    duplicates: 0,
    rejected: 0,
    reason: undefined,
  });
  const [{ attributes: told, parent_span_id: parent }] = rowsOf('spans');
  expect([told, parent]).toEqual(['{"ratio":null,"none":null,"n":3}', null]);
  const record = { timeUnixNano: '5', severityNumber: null, traceId: null, body: null };
  expect(take('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] })).toMatchObject({
    kept: 1,
  });
  const gauge = { dataPoints: [{ timeUnixNano: '5', asDouble: Infinity }] };
  const metrics = [{ name: 'load', unit: null, sum: null, gauge }];
  expect(take('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })).toMatchObject({ kept: 1 });
  expect(rowsOf('metric_points')).toMatchObject([{ name: 'load', kind: 'gauge', value: null }]);
});

test('a line that was cut off is cut away, and its row taken when it comes again', () => {
  telemetry().take('traces', sent('traces'), 'protobuf');
  const file = fileOf('spans');
  truncateSync(file, readFileSync(file).length - 9);
  expect(telemetry().take('traces', sent('traces'), 'protobuf')).toMatchObject({ kept: 1, duplicates: 1 });
  expect(rowsOf('spans').map(({ name }) => name)).toEqual(['inner', 'outer']);
});

test('nothing is taken while it ends', () => {
  const own = telemetry();
  own.close();
  expect(() => own.take('traces', sent('traces'), 'protobuf')).toThrow('ends');
});

test('what was handed on is what is new', () => {
  const told: object[] = [];
  const own = new Telemetry({
    run: () => ({ folder, startedAt: 0 }),
    redaction: createRedaction(),
    sink: (request) => void told.push(request),
  });
  own.take('traces', sent('traces'), 'protobuf');
  own.take('traces', sent('traces'), 'protobuf');
  expect(told).toHaveLength(1);
  expect(told[0]).toHaveProperty('resourceSpans');
});

test('keys: each is new once, however many', () => {
  const keys = new KeySet(4);
  const key = (number: number) => {
    const bytes = Buffer.alloc(24);
    bytes.writeUInt32LE(number, 20);
    return bytes;
  };
  for (let at = 0; at < 5000; at++) expect(keys.add(key(at))).toBe(true);
  for (let at = 0; at < 5000; at++) expect(keys.add(key(at))).toBe(false);
  expect(keys.size).toBe(5000);
});

test('lines longer than what is read at a time', () => {
  telemetry().take('traces', sent('traces'), 'protobuf');
  const long = { ...rowsOf('spans')[0], span_id: 'ffffffffffffffff', attributes: 'x'.repeat(3 << 20) };
  appendFileSync(fileOf('spans'), `${JSON.stringify(long)}\n`);
  expect(telemetry().take('traces', sent('traces'), 'protobuf')).toMatchObject({ kept: 0, duplicates: 2 });
  expect(rowsOf('spans')).toHaveLength(3);
});
