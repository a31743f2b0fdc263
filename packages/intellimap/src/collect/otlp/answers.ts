/** What OTLP says about requests, in the encoding of the request. Pure. https://opentelemetry.io/docs/specs/otlp/#otlphttp-response */
import type { Refusal } from '../refusal.ts';
import type { Signal } from './messages.ts';
import { codeField, encodeStatus, lengthField, textField } from './protobuf.ts';
import type { Encoding, Told } from './telemetry.ts';

export interface Answer {
  type: string;
  body: Buffer;
}

const TYPES: Record<Encoding, string> = { json: 'application/json', protobuf: 'application/x-protobuf' };

/** Undefined: of a type that OTLP does not have. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const type = contentType?.split(';', 1)[0].trim().toLowerCase();
  return (['json', 'protobuf'] as const).find((each) => TYPES[each] === type);
}

const REJECTED: Record<Signal, string> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
};

export function taken(signal: Signal, encoding: Encoding, { rejected, reason = '' }: Told): Answer {
  if (encoding === 'json') {
    const partial = { [REJECTED[signal]]: String(rejected), errorMessage: reason };
    return json(rejected === 0 ? {} : { partialSuccess: partial });
  }
  const partial = Buffer.concat([codeField(1, rejected), textField(2, reason)]);
  return { type: TYPES.protobuf, body: rejected === 0 ? Buffer.alloc(0) : lengthField(1, partial) };
}

/** Codes of gRPC. */
const CODES: Record<number, number> = { 400: 3, 401: 16, 403: 7, 413: 8, 415: 3, 429: 8, 503: 14, 507: 8 };
const INTERNAL = 13;

export function refused({ status, message }: Refusal, encoding: Encoding | undefined): Answer {
  const code = CODES[status] ?? INTERNAL;
  return encoding === 'protobuf'
    ? { type: TYPES.protobuf, body: encodeStatus(code, message) }
    : json({ code, message });
}

const json = (value: object): Answer => ({ type: TYPES.json, body: Buffer.from(JSON.stringify(value)) });
