/** OpenTelemetry: log records of OTLP → rows. Pure. */
import { type Fields, fieldOf, integerIn, objectIn, type Where, within } from './narrow.ts';
import { attempt, idOrNull, nanosOrNull, scoped, type Skip, textOrNull } from './otlp-shared.ts';
import { attributesOf, valueIn } from './otlp-values.ts';

export interface LogRow {
  trace_id: string | null;
  span_id: string | null;
  /** 1 to 24: trace, debug, info, warn, error, fatal, four of each; 0: not told. */
  severity: number;
  severity_text: string | null;
  event_name: string | null;
  /** Text as it is, all else as JSON. */
  body: string | null;
  service: string | null;
  scope: string | null;
  attributes: string;
}

export interface Log {
  row: LogRow;
  /** ns since the epoch: when it happened, or else when it was seen; null: nobody says. */
  at: bigint | null;
}

const SEVERITIES = 24;
const MAX_FLAGS = 2 ** 32 - 1;

/** @param skip is told of records that are none. @throws Fault without it */
export function* logsIn(request: Fields, where: Where, skip?: Skip): Generator<Log> {
  for (const { value, at, service, scope } of scoped(request, where, 'Logs', 'logRecords')) {
    const log = attempt(() => logOf(objectIn(value, at), at, { service, scope }), skip);
    if (log !== undefined) yield log;
  }
}

function logOf(record: Fields, where: Where, from: Pick<LogRow, 'service' | 'scope'>): Log {
  const at = (name: string) => within(where, name);
  const field = (name: string) => fieldOf(record, name);
  integerIn(field('flags') ?? 0, at('flags'), 0, MAX_FLAGS);
  return {
    at:
      nanosOrNull(field('timeUnixNano'), at('timeUnixNano')) ??
      nanosOrNull(field('observedTimeUnixNano'), at('observedTimeUnixNano')),
    row: {
      trace_id: idOrNull(field('traceId'), at('traceId'), 32),
      span_id: idOrNull(field('spanId'), at('spanId'), 16),
      severity: integerIn(field('severityNumber') ?? 0, at('severityNumber'), 0, SEVERITIES),
      severity_text: textOrNull(field('severityText'), at('severityText')),
      event_name: textOrNull(field('eventName'), at('eventName')),
      body: bodyOf(valueIn(field('body'), at('body'))),
      ...from,
      attributes: JSON.stringify(attributesOf(field('attributes'), at('attributes'))),
    },
  };
}

const bodyOf = (value: unknown): string | null =>
  value === null || typeof value === 'string' ? value : JSON.stringify(value);
