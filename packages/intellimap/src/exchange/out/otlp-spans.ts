/** Spans that were imported → OTLP again. Of resources only their service is known. */
import { groupedBy } from '../../base/groups.ts';
import { eachSpan, type SpanRow } from '../../query/index.ts';
import { keyValues } from './otlp-values.ts';
import type { Source } from './source.ts';

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUS = ['unset', 'ok', 'error'];

export async function* spanLines({ session, run }: Source): AsyncGenerator<string> {
  const began = BigInt(run.ts) * 1_000_000n;
  const nanos = (us: number) => String(began + BigInt(Math.round(us * 1000)));
  for await (const rows of eachSpan(session)) {
    const services = groupedBy(rows, ({ service }) => service);
    const resourceSpans = [...services].map(([service, spans]) => ({
      resource: { attributes: service === null ? [] : keyValues({ 'service.name': service }) },
      scopeSpans: [{ scope: {}, spans: spans.map((row) => spanOf(row, nanos)) }],
    }));
    if (rows.length > 0) yield `${JSON.stringify({ resourceSpans })}\n`;
  }
}

const spanOf = (row: SpanRow, nanos: (us: number) => string): object => ({
  traceId: row.trace_id,
  spanId: row.span_id,
  ...(row.parent_span_id !== null && { parentSpanId: row.parent_span_id }),
  name: row.name,
  kind: KINDS.indexOf(row.kind),
  startTimeUnixNano: nanos(row.start_us),
  endTimeUnixNano: nanos(row.end_us),
  attributes: keyValues(JSON.parse(row.attributes) as Record<string, unknown>),
  status: {
    ...(row.status !== 'unset' && { code: STATUS.indexOf(row.status) }),
    ...(row.status_message !== null && { message: row.status_message }),
  },
  ...(row.events !== null && { events: eventsOf(row.events, row.start_us, nanos) }),
  ...(row.links !== null && { links: linksOf(row.links) }),
});

/** @param text as `spans.events` @param start µs */
const eventsOf = (text: string, start: number, nanos: (us: number) => string): object[] =>
  (JSON.parse(text) as { name: string; after_us: number; attributes: Record<string, unknown> }[]).map(
    ({ name, after_us, attributes }) => ({
      timeUnixNano: nanos(start + after_us),
      name,
      attributes: keyValues(attributes),
    }),
  );

/** @param text as `spans.links` */
const linksOf = (text: string): object[] =>
  (JSON.parse(text) as { trace_id: string; span_id: string; attributes: Record<string, unknown> }[]).map(
    ({ trace_id, span_id, attributes }) => ({
      traceId: trace_id,
      spanId: span_id,
      attributes: keyValues(attributes),
    }),
  );
