/** OpenTelemetry: OTLP as JSON, one request or one a line → spans. Times count from the earliest span's beginning. */
import type { KnownFunction } from '../../query/index.ts';
import type { Attribution } from '../attribute.ts';
import { attempt, idIn, nanosIn, scoped, type Skip, wordIn } from './otlp-shared.ts';
import { attributesOf } from './otlp-values.ts';
import {
  type Fields,
  fieldOf,
  listIn,
  objectIn,
  parseJson,
  refuse,
  textIn,
  type Where,
  within,
} from './narrow.ts';
import type { ImportFile, ImportRow, TextImport } from './rows.ts';
import type { Sources } from './sources.ts';

const MAX_SPANS = 10_000_000;
/** Events of a span, or links. */
const MAX_DETAILS = 10_000;
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const STATUS = ['unset', 'ok', 'error'] as const;

type Row = Omit<ImportRow<'spans'>, 'start_us' | 'end_us'>;
export interface Span {
  row: Row;
  /** ns since the epoch */
  start: bigint;
  end: bigint;
}

export const importOtlp: TextImport = (files, sources, attribution) => {
  const spans = files.flatMap((file) =>
    parseOtlp(file, (attributes) => functionOf(attributes, sources, attribution)),
  );
  let [began, ended] = [spans[0]?.start ?? 0n, 0n];
  for (const { start, end } of spans) {
    if (start < began) began = start;
    if (end > ended) ended = end;
  }
  // Runs begin at a whole ms.
  const startedAt = began / 1_000_000n;
  const micros = (nanos: bigint): number => Number(nanos - startedAt * 1_000_000n) / 1000;
  return {
    rows: {
      spans: spans.map(({ row, start, end }) => ({ ...row, start_us: micros(start), end_us: micros(end) })),
    },
    startedAt: spans.length === 0 ? null : Number(startedAt),
    durationMs: spans.length === 0 ? null : micros(ended) / 1000,
    notes: [],
  };
};

/** @param functionOf the function that attributes mean. @throws Fault that says where it is not what it should be */
export function parseOtlp(file: ImportFile, functionOf: (attributes: Fields) => string | null): Span[] {
  const spans: Span[] = [];
  for (const { value, where } of documents(file)) {
    const request = objectIn(value, where);
    const place = within(where, 'resourceSpans');
    // In files of collectors, requests of all signals are mixed.
    if (isOfOthers(request)) continue;
    listIn(fieldOf(request, 'resourceSpans'), place, MAX_SPANS);
    for (const span of spansIn(request, where, functionOf)) {
      spans.push(span);
      if (spans.length > MAX_SPANS) throw refuse(where, `has more than ${MAX_SPANS} spans`);
    }
  }
  return spans;
}

/** Spans of a request. @param functionOf the function that attributes mean. @param skip is told of a span that is none, which then is passed over; without it, that is thrown */
export function* spansIn(
  request: Fields,
  where: Where,
  functionOf: (attributes: Fields) => string | null,
  skip?: Skip,
): Generator<Span> {
  for (const { value, at, service } of scoped(request, where, 'Spans', 'spans')) {
    const span = attempt(() => spanOf(objectIn(value, at), at, service, functionOf), skip);
    if (span !== undefined) yield span;
  }
}

const isOfOthers = (request: Fields): boolean =>
  fieldOf(request, 'resourceSpans') === undefined &&
  (fieldOf(request, 'resourceLogs') !== undefined || fieldOf(request, 'resourceMetrics') !== undefined);

/** The whole file, or each of its lines. */
function* documents({ name, text }: ImportFile): Generator<{ value: unknown; where: Where }> {
  const lines = text.split('\n').map((line, index) => ({ line, where: () => `${name}, line ${index + 1}:` }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  const isLines =
    filled.length > 1 && filled[0].line.trimEnd().endsWith('}') && filled[0].line.startsWith('{');
  if (!isLines) yield { value: parseJson(text, () => `${name}:`), where: () => `${name}:` };
  else for (const { line, where } of filled) yield { value: parseJson(line, where), where };
}

function spanOf(
  span: Fields,
  where: Where,
  service: string | null,
  functionOf: (attributes: Fields) => string | null,
): Span {
  const at = (name: string) => within(where, name);
  const start = nanosIn(fieldOf(span, 'startTimeUnixNano'), at('startTimeUnixNano'));
  const end = nanosIn(fieldOf(span, 'endTimeUnixNano'), at('endTimeUnixNano'));
  const parent = fieldOf(span, 'parentSpanId');
  const status = fieldOf(span, 'status');
  const { code, message } = status === undefined ? {} : objectIn(status, at('status'));
  const attributes = attributesOf(fieldOf(span, 'attributes'), at('attributes'));
  return {
    start,
    end: end < start ? start : end,
    row: {
      trace_id: idIn(fieldOf(span, 'traceId'), at('traceId'), 32),
      span_id: idIn(fieldOf(span, 'spanId'), at('spanId'), 16),
      parent_span_id: parent === undefined || parent === '' ? null : idIn(parent, at('parentSpanId'), 16),
      name: textIn(fieldOf(span, 'name') ?? '', at('name')),
      kind: wordIn(KINDS, 'SPAN_KIND_', fieldOf(span, 'kind'), at('kind')),
      service,
      status: wordIn(STATUS, 'STATUS_CODE_', code, within(at('status'), 'code')),
      status_message:
        message === undefined || message === '' ? null : textIn(message, within(at('status'), 'message')),
      attributes: JSON.stringify(attributes),
      ast_node_id: functionOf(attributes),
      events: listText(span, 'events', where, (event, here) => eventOf(event, here, start)),
      links: listText(span, 'links', where, linkOf),
    },
  };
}

/** A list of the span as JSON; null: there is none. */
function listText(
  span: Fields,
  name: string,
  where: Where,
  itemOf: (item: Fields, here: Where) => object,
): string | null {
  const place = within(where, name);
  const list = listIn(fieldOf(span, name) ?? [], place, MAX_DETAILS);
  const items = list.map((item, index) => {
    const here = within(place, index);
    return itemOf(objectIn(item, here), here);
  });
  return items.length === 0 ? null : JSON.stringify(items);
}

/** @param start of its span, ns */
function eventOf(event: Fields, where: Where, start: bigint): object {
  const at = nanosIn(fieldOf(event, 'timeUnixNano'), within(where, 'timeUnixNano'));
  return {
    name: textIn(fieldOf(event, 'name') ?? '', within(where, 'name')),
    after_us: Number(at - start) / 1000,
    attributes: attributesOf(fieldOf(event, 'attributes'), within(where, 'attributes')),
  };
}

const linkOf = (link: Fields, where: Where): object => ({
  trace_id: idIn(fieldOf(link, 'traceId'), within(where, 'traceId'), 32),
  span_id: idIn(fieldOf(link, 'spanId'), within(where, 'spanId'), 16),
  attributes: attributesOf(fieldOf(link, 'attributes'), within(where, 'attributes')),
});

/** By what `code.*` attributes say, in their names of today and of before. */
export function functionOf(attributes: Fields, sources: Sources, attribution: Attribution): string | null {
  const text = (...names: string[]): string | null => {
    const found = names.map((name) => fieldOf(attributes, name)).find((value) => typeof value === 'string');
    return typeof found === 'string' ? found : null;
  };
  const own = text('intellimap.node_id');
  const file = text('code.file.path', 'code.filepath');
  const name = text('code.function.name', 'code.function');
  const line = fieldOf(attributes, 'code.line.number') ?? fieldOf(attributes, 'code.lineno');
  const known: KnownFunction | null = own === null ? null : attribution.byId(own);
  if (known !== null) return known.id;
  if (file === null || name === null) return null;
  const path = attribution.pathLike(sources.pathOf(file));
  return path === null
    ? null
    : (attribution.remembered(path, typeof line === 'number' ? line : null, name)?.id ?? null);
}
