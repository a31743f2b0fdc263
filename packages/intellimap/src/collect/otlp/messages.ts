/**
 * The messages of OTLP 1.x that a collector is sent, as far as they are kept.
 * https://github.com/open-telemetry/opentelemetry-proto
 */
import type { Field, Message, Scalar } from './protobuf.ts';

type Described = Record<number, [name: string, type: Scalar | Message] | [string, Scalar | Message, 'list']>;

function message(fields: Described): Map<number, Field> {
  return new Map(
    Object.entries(fields).map(([number, [name, type, list]]) => [
      Number(number),
      { name, type, ...(list && { isList: true }) },
    ]),
  );
}

/** They hold each other: filled below. */
const anyValue = new Map<number, Field>();
const keyValue = message({ 1: ['key', 'string'], 2: ['value', anyValue] });
const arrayValue = message({ 1: ['values', anyValue, 'list'] });
const kvlistValue = message({ 1: ['values', keyValue, 'list'] });
for (const [number, field] of message({
  1: ['stringValue', 'string'],
  2: ['boolValue', 'bool'],
  3: ['intValue', 'int64'],
  4: ['doubleValue', 'double'],
  5: ['arrayValue', arrayValue],
  6: ['kvlistValue', kvlistValue],
  7: ['bytesValue', 'bytes'],
}))
  anyValue.set(number, field);

const resource = message({ 1: ['attributes', keyValue, 'list'] });
const scope = message({ 1: ['name', 'string'], 2: ['version', 'string'] });

/** A request holds resources, those scopes, those items. */
const request = (kind: string, items: string, item: Message): Message => {
  const scopes = message({ 1: ['scope', scope], 2: [items, item, 'list'] });
  const resources = message({ 1: ['resource', resource], 2: [`scope${kind}`, scopes, 'list'] });
  return message({ 1: [`resource${kind}`, resources, 'list'] });
};

const span = message({
  1: ['traceId', 'id'],
  2: ['spanId', 'id'],
  4: ['parentSpanId', 'id'],
  5: ['name', 'string'],
  6: ['kind', 'uint32'],
  7: ['startTimeUnixNano', 'fixed64'],
  8: ['endTimeUnixNano', 'fixed64'],
  9: ['attributes', keyValue, 'list'],
  11: [
    'events',
    message({ 1: ['timeUnixNano', 'fixed64'], 2: ['name', 'string'], 3: ['attributes', keyValue, 'list'] }),
    'list',
  ],
  13: [
    'links',
    message({ 1: ['traceId', 'id'], 2: ['spanId', 'id'], 4: ['attributes', keyValue, 'list'] }),
    'list',
  ],
  15: ['status', message({ 2: ['message', 'string'], 3: ['code', 'uint32'] })],
});

const logRecord = message({
  1: ['timeUnixNano', 'fixed64'],
  2: ['severityNumber', 'uint32'],
  3: ['severityText', 'string'],
  5: ['body', anyValue],
  6: ['attributes', keyValue, 'list'],
  8: ['flags', 'fixed32'],
  9: ['traceId', 'id'],
  10: ['spanId', 'id'],
  11: ['observedTimeUnixNano', 'fixed64'],
  12: ['eventName', 'string'],
});

const numberPoint = message({
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['asDouble', 'double'],
  6: ['asInt', 'sfixed64'],
  7: ['attributes', keyValue, 'list'],
});

const histogramPoint = message({
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['count', 'fixed64'],
  5: ['sum', 'double'],
  6: ['bucketCounts', 'fixed64', 'list'],
  7: ['explicitBounds', 'double', 'list'],
  9: ['attributes', keyValue, 'list'],
  11: ['min', 'double'],
  12: ['max', 'double'],
});

const buckets = message({ 1: ['offset', 'sint32'], 2: ['bucketCounts', 'uint64', 'list'] });
const exponentialPoint = message({
  1: ['attributes', keyValue, 'list'],
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['count', 'fixed64'],
  5: ['sum', 'double'],
  6: ['scale', 'sint32'],
  7: ['zeroCount', 'fixed64'],
  8: ['positive', buckets],
  9: ['negative', buckets],
  12: ['min', 'double'],
  13: ['max', 'double'],
  14: ['zeroThreshold', 'double'],
});

const summaryPoint = message({
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['count', 'fixed64'],
  5: ['sum', 'double'],
  6: ['quantileValues', message({ 1: ['quantile', 'double'], 2: ['value', 'double'] }), 'list'],
  7: ['attributes', keyValue, 'list'],
});

const points = (point: Message): Message =>
  message({
    1: ['dataPoints', point, 'list'],
    2: ['aggregationTemporality', 'uint32'],
    3: ['isMonotonic', 'bool'],
  });

const metric = message({
  1: ['name', 'string'],
  2: ['description', 'string'],
  3: ['unit', 'string'],
  5: ['gauge', points(numberPoint)],
  7: ['sum', points(numberPoint)],
  9: ['histogram', points(histogramPoint)],
  10: ['exponentialHistogram', points(exponentialPoint)],
  11: ['summary', points(summaryPoint)],
});

/** What is sent to `/v1/<signal>`. */
export const REQUESTS = {
  traces: request('Spans', 'spans', span),
  logs: request('Logs', 'logRecords', logRecord),
  metrics: request('Metrics', 'metrics', metric),
} as const satisfies Record<string, Message>;

export type Signal = keyof typeof REQUESTS;
