/** OpenTelemetry: metrics of OTLP → a row for each data point. Pure. */
import {
  type Fields,
  fieldOf,
  listIn,
  numberIn,
  objectIn,
  refuse,
  textIn,
  type Where,
  within,
} from './narrow.ts';
import { attempt, nanosOrNull, scoped, type Skip, textOrNull, wordIn } from './otlp-shared.ts';
import { attributesOf } from './otlp-values.ts';

const METRIC_KINDS = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const;
export type MetricKind = (typeof METRIC_KINDS)[number];
const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const;
const MAX_POINTS = 1_000_000;

export interface MetricRow {
  name: string;
  description: string | null;
  unit: string | null;
  kind: MetricKind;
  temporality: (typeof TEMPORALITIES)[number];
  /** Of sums: it only rises. */
  monotonic: boolean | null;
  service: string | null;
  scope: string | null;
  /** Of gauges and sums; null: there was none. */
  value: number | null;
  /** Of the others. */
  count: number | null;
  sum: number | null;
  min: number | null;
  max: number | null;
  /** What the others hold, as OTLP says it: bounds and counts of buckets, quantiles. JSON. */
  buckets: string | null;
  attributes: string;
}

export interface Point {
  row: MetricRow;
  /** ns since the epoch; null: not told. */
  start: bigint | null;
  at: bigint | null;
}

/** What of a point is told as it is, by kind. */
const BUCKETS: Record<MetricKind, readonly string[]> = {
  gauge: [],
  sum: [],
  histogram: ['explicitBounds', 'bucketCounts'],
  exponentialHistogram: ['scale', 'zeroCount', 'zeroThreshold', 'positive', 'negative'],
  summary: ['quantileValues'],
};

/** @param skip is told of metrics and points that are none. @throws Fault without it */
export function* pointsIn(request: Fields, where: Where, skip?: Skip): Generator<Point> {
  for (const { value, at, service, scope } of scoped(request, where, 'Metrics', 'metrics')) {
    const metric = attempt(() => metricOf(objectIn(value, at), at), skip);
    if (metric === undefined) continue;
    const { points, place, ...told } = metric;
    for (const [index, each] of points.entries()) {
      const here = within(place, index);
      const point = attempt(() => pointOf(objectIn(each, here), here, { ...told, service, scope }), skip);
      if (point !== undefined) yield point;
    }
  }
}

type Told = Pick<MetricRow, 'name' | 'description' | 'unit' | 'kind' | 'temporality' | 'monotonic'>;

function metricOf(metric: Fields, where: Where): Told & { points: unknown[]; place: Where } {
  const kind = METRIC_KINDS.find((each) => fieldOf(metric, each) !== undefined);
  if (kind === undefined) throw refuse(where, 'has no data of a kind that OTLP has');
  const at = within(where, kind);
  const data = objectIn(fieldOf(metric, kind), at);
  const temporality = fieldOf(data, 'aggregationTemporality');
  const place = within(at, 'dataPoints');
  return {
    name: textIn(fieldOf(metric, 'name'), within(where, 'name')),
    description: textOrNull(fieldOf(metric, 'description'), within(where, 'description')),
    unit: textOrNull(fieldOf(metric, 'unit'), within(where, 'unit')),
    kind,
    temporality: wordIn(
      TEMPORALITIES,
      'AGGREGATION_TEMPORALITY_',
      temporality,
      within(at, 'aggregationTemporality'),
    ),
    monotonic: kind === 'sum' ? fieldOf(data, 'isMonotonic') === true : null,
    points: listIn(fieldOf(data, 'dataPoints') ?? [], place, MAX_POINTS),
    place,
  };
}

function pointOf(point: Fields, where: Where, told: Told & Pick<MetricRow, 'service' | 'scope'>): Point {
  const at = (name: string) => within(where, name);
  const field = (name: string) => fieldOf(point, name);
  const number = (name: string) => numberOrNull(field(name), at(name));
  const buckets = BUCKETS[told.kind].flatMap((name) => {
    const value = field(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    start: nanosOrNull(field('startTimeUnixNano'), at('startTimeUnixNano')),
    at: nanosOrNull(field('timeUnixNano'), at('timeUnixNano')),
    row: {
      ...told,
      value: number('asDouble') ?? number('asInt'),
      count: number('count'),
      sum: number('sum'),
      min: number('min'),
      max: number('max'),
      buckets: buckets.length === 0 ? null : JSON.stringify(Object.fromEntries(buckets)),
      attributes: JSON.stringify(attributesOf(field('attributes'), at('attributes'))),
    },
  };
}

/** As number or digits. What no column holds (NaN, infinite) is null: there is no value then. */
function numberOrNull(value: unknown, where: Where): number | null {
  if (value === undefined || value === 'NaN' || value === 'Infinity' || value === '-Infinity') return null;
  const number = typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && !Number.isFinite(number)) return null;
  return numberIn(number, where, -Number.MAX_VALUE, Number.MAX_VALUE);
}
