/** What OpenTelemetry tells → rows of the run: spans, log records, points of metrics. I/O: their files. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Fault } from '../../base/fault.ts';
import { recordIn } from '../../base/is-record.ts';
import { addCounts, type RuleCounts } from '../../base/redaction-counts.ts';
import { spansIn } from '../../exchange/in/otlp.ts';
import { logsIn } from '../../exchange/in/otlp-logs.ts';
import { pointsIn } from '../../exchange/in/otlp-metrics.ts';
import { Refusal } from '../refusal.ts';
import { readCounts, writeCounts } from './counts-file.ts';
import { REQUESTS, type Signal } from './messages.ts';
import { decodeMessage } from './protobuf.ts';
import { redactRequest, type TextRedaction } from './redacted.ts';
import { type Line, RowFile } from './row-file.ts';

export interface RunPlace {
  folder: string;
  /** ms since the epoch: times of rows count from there. */
  startedAt: number;
}

export type Encoding = 'json' | 'protobuf';

export interface Told {
  /** Rows that are new, and those that were kept already. */
  kept: number;
  duplicates: number;
  /** What was no row, and why the first of them was none. */
  rejected: number;
  reason: string | undefined;
}

/** Told of what was kept: the request, redacted, as JSON has it. Never throws: who sent it was told that it is kept. */
export type Sink = (request: object) => void;

export interface TelemetryOptions {
  /** Asked when the first rows come. @param agoMs since the first of them */
  run: (agoMs: number) => RunPlace;
  redaction: TextRedaction;
  sink?: Sink | undefined;
}

const TABLES: Record<Signal, string> = { traces: 'spans', logs: 'log_records', metrics: 'metric_points' };

export class Telemetry {
  /** New rows. */
  readonly counters: Record<Signal, number> = { traces: 0, logs: 0, metrics: 0 };
  readonly #options: TelemetryOptions;
  /** What a collector before this one redacted, and how much of this one's is written down. */
  #before: RuleCounts | undefined;
  #written = 0;
  readonly #files = new Map<Signal, RowFile>();
  #place: RunPlace | undefined;
  #isClosed = false;

  constructor(options: TelemetryOptions) {
    this.#options = options;
  }

  /** @throws Refusal, or the file system's error: nothing of it counts then */
  take(signal: Signal, body: Buffer, encoding: Encoding): Told {
    const request = decoded(signal, body, encoding);
    const { run, redaction, sink } = this.#options;
    redactRequest(request, redaction);
    const bad = { count: 0, reason: undefined as string | undefined };
    const rows = readable(() => [
      ...ROWS[signal](request, (why) => {
        bad.count++;
        bad.reason ??= why.message;
      }),
    ]);
    const told = { rejected: bad.count, reason: bad.reason };
    if (rows.length === 0) return { kept: 0, duplicates: 0, ...told };
    // One was inflated while it was closed.
    if (this.#isClosed) throw new Refusal(503, 'the collector ends', 1);

    const { folder, startedAt } = (this.#place ??= run(agoOf(rows)));
    const began = BigInt(startedAt) * 1_000_000n;
    const keyOf = KEYS[signal]();
    const lines = rows.map(({ row, times }) => {
      const text = JSON.stringify({ ...row, ...relative(times, began) });
      return { text, key: keyOf(text) } satisfies Line;
    });
    const kept = this.#file(signal, folder).append(lines);
    this.counters[signal] += kept;
    if (kept > 0) sink?.(request);
    this.#count(folder);
    return { kept, duplicates: lines.length - kept, ...told };
  }

  close(): void {
    this.#isClosed = true;
    for (const file of this.#files.values()) file.close();
  }

  /** What was redacted is told as it grows: nobody says when a collector ends. */
  #count(folder: string): void {
    const { total, counts } = this.#options.redaction;
    if (total === this.#written) return;
    this.#before ??= readCounts(folder);
    writeCounts(folder, addCounts(structuredClone(this.#before), counts));
    this.#written = total;
  }

  #file(signal: Signal, folder: string): RowFile {
    let file = this.#files.get(signal);
    if (file === undefined) {
      file = new RowFile(join(folder, 'imported', `${TABLES[signal]}.ndjson`), KEYS[signal]);
      this.#files.set(signal, file);
    }
    return file;
  }
}

interface Row {
  row: object;
  /** ns since the epoch. */
  times: Record<string, bigint | null>;
}

type Rows = (request: Record<string, unknown>, skip: (why: Fault) => void) => Generator<Row>;

const where = (): string => 'the request:';

/** Functions are attributed when the run has ended: what is known of the workspace is in the database. */
const ROWS: Record<Signal, Rows> = {
  *traces(request, skip) {
    for (const { row, start, end } of spansIn(request, where, () => null, skip))
      yield { row, times: { start_us: start, end_us: end } };
  },
  *logs(request, skip) {
    for (const { row, at } of logsIn(request, where, skip)) yield { row, times: { at_us: at } };
  },
  *metrics(request, skip) {
    for (const { row, start, at } of pointsIn(request, where, skip))
      yield { row, times: { start_us: start, at_us: at } };
  },
};

/** ms since the first of them; since when a point was counted does not matter. */
function agoOf(rows: readonly Row[]): number {
  const times = rows.flatMap(({ times: { at_us, start_us } }) => at_us ?? start_us ?? []);
  const ms = times.map((nanos) => Number(nanos / 1_000_000n));
  return Date.now() - ms.reduce((first, each) => Math.min(first, each), Date.now());
}

const relative = (times: Row['times'], began: bigint): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(times).map(([name, nanos]) => [
      name,
      nanos === null ? null : Number(nanos - began) / 1000,
    ]),
  );

/**
 * A span is known by its ids. Records and points have none: one that says the same as another is the same, unless both come in one request. Over a
 * file the count goes on, which comes to the same, as what was passed over is not in it.
 */
const KEYS: Record<Signal, () => (line: string) => Buffer> = {
  traces: () => (line) => {
    const { trace_id, span_id } = JSON.parse(line) as { trace_id: string; span_id: string };
    return Buffer.from(trace_id + span_id, 'hex');
  },
  logs: byText,
  metrics: byText,
};

function byText(): (line: string) => Buffer {
  const seen = new Map<string, number>();
  return (line) => {
    const hash = createHash('sha1').update(line).digest();
    const name = hash.toString('latin1');
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    const key = Buffer.alloc(24);
    hash.copy(key);
    key.writeUInt32LE(before, 20);
    return key;
  };
}

function decoded(signal: Signal, body: Buffer, encoding: Encoding): Record<string, unknown> {
  if (encoding === 'protobuf') {
    try {
      return decodeMessage(body, REQUESTS[signal]);
    } catch (error) {
      throw new Refusal(400, `the request is no message of OTLP: ${(error as Error).message}`);
    }
  }
  const request = recordIn(body.toString());
  if (request === undefined) throw new Refusal(400, 'the request is no JSON object');
  return request;
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) throw new Refusal(400, error.message);
    throw error;
  }
}
