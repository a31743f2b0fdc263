/** What the program fetched: notes say what, words who asked for it, in any order. Rows of all threads, and counts of all requests by route. */
import { RecentMap } from '@intellimap/probe/wire';
import { routeOf } from '../../base/routes.ts';
import { bucketOf, BUCKETS, Latencies } from './latency.ts';

/** Rows that a thread may have; those that failed or have not ended stay, and the slowest. */
const RESOURCE_LIMIT = 10_000;
/** What a page loads by itself, hundreds of files, has no route: those of the program would be lost among them. */
const BY_PROGRAM = new Set(['fetch', 'http', 'https', 'xhr', 'eventsource', 'websocket']);
const STREAM = 'eventsource';
/** Of which the browser may still tell something, at least. */
const MAX_STREAMS = 100;
/** Routes that are told apart; the others are one. */
const MAX_ROUTES = 1000;
const OTHERS = '(others)';
/** Servers say by it that they failed: status codes from here on. */
const FAILED_STATUS = 500;
/** Requests whose other half is waited for, at least: words and notes of a time lie close together. */
const MAX_WAITING = 20_000;

/** Numbers are NaN where they are not known; times in µs. */
export interface ResourceRow {
  thread: number;
  id: number;
  kind: string;
  method: string;
  url: string;
  route: string;
  start: number;
  ttfb: number;
  took: number;
  status: number;
  bytes: number;
  type: string | null;
  failure: string | null;
  call: number;
  /** 0: not known */
  task: number;
  /** What came of it was told. */
  ended: boolean;
  /** W3C trace context that it carried, hex digits. */
  trace: string | null;
  span: string | null;
}

export interface RouteCount {
  method: string;
  route: string;
  count: number;
  failures: number;
  bytes: number;
  /** µs of the longest; NaN: none has ended */
  max: number;
  /** Number among routes, for their latencies. */
  no: number;
}

export class ResourceKeeper {
  readonly limit: number;
  /** [thread] rows left out */
  readonly leftOut = new Map<number, number>();
  private readonly rowsOf = new Map<number, ResourceRow[]>();
  private readonly routesByName = new Map<string, RouteCount>();
  private readonly latencies = new Latencies();

  constructor(limit = RESOURCE_LIMIT) {
    this.limit = limit;
  }

  add(row: ResourceRow): void {
    this.#count(row);
    let rows = this.rowsOf.get(row.thread);
    if (rows === undefined) this.rowsOf.set(row.thread, (rows = []));
    rows.push(row);
    if (rows.length >= 2 * this.limit) this.#cut(row.thread, rows);
  }

  /** By thread, in the order in which they were made. */
  rows(): ResourceRow[] {
    for (const [thread, rows] of this.rowsOf) this.#cut(thread, rows);
    return [...this.rowsOf.values()].flat().toSorted((a, b) => a.thread - b.thread || a.id - b.id);
  }

  routes(): RouteCount[] {
    return [...this.routesByName.values()];
  }

  /** µs that each share of a route's requests did not exceed; NaN where none has ended. */
  quantiles({ no }: RouteCount, shares: readonly number[]): number[] {
    return this.latencies.quantiles(no, shares);
  }

  #count({ kind, method, route, took, status, failure, bytes }: ResourceRow): void {
    if (!BY_PROGRAM.has(kind)) return;
    const of = this.#routeOf(method, route);
    of.count++;
    of.bytes += bytes || 0;
    if (isFailure(failure, status)) of.failures++;
    if (Number.isNaN(took)) return;
    of.max = Math.max(took, of.max || 0);
    const bucket = bucketOf(took);
    const page = this.latencies.page(of.no, Math.floor(bucket / BUCKETS));
    this.latencies.counters[page * BUCKETS + (bucket % BUCKETS)]++;
  }

  #routeOf(method: string, name: string): RouteCount {
    const known = this.routesByName.get(`${method} ${name}`);
    if (known !== undefined) return known;
    const isFull = this.routesByName.size >= MAX_ROUTES;
    if (isFull && name !== OTHERS) return this.#routeOf('', OTHERS);
    const route = {
      method,
      route: name,
      count: 0,
      failures: 0,
      bytes: 0,
      max: NaN,
      no: this.routesByName.size,
    };
    this.routesByName.set(`${method} ${name}`, route);
    return route;
  }

  #cut(thread: number, rows: ResourceRow[]): void {
    const over = rows.length - this.limit;
    if (over <= 0) return;
    this.leftOut.set(thread, (this.leftOut.get(thread) ?? 0) + over);
    rows.sort((a, b) => weight(b) - weight(a));
    rows.length = this.limit;
  }
}

/** No whole answer came, or one that says so. */
const isFailure = (failure: string | null, status: number): boolean =>
  failure !== null || status >= FAILED_STATUS;

/** What failed or has not ended weighs most. */
const weight = ({ failure, ended, took }: ResourceRow): number =>
  failure !== null || !ended ? Infinity : took || 0;

/** What a note says that begins one. */
export type BegunResource = Pick<ResourceRow, 'id' | 'kind' | 'method' | 'url' | 'start' | 'trace' | 'span'>;
/** What the note says that ends it. */
export type EndedResource = Pick<ResourceRow, 'ttfb' | 'took' | 'status' | 'bytes' | 'type' | 'failure'>;

const isKnown = (value: number | string | null): boolean => value !== null && !Number.isNaN(value);

/** Who asked for something: a call (NaN: nobody knows which) of a function, and its task. */
export interface Asker {
  call: number;
  fn: number;
  task: number;
}

/** Requests of one thread: both notes and the word of each become a row. */
export class ThreadResources {
  private readonly thread: number;
  private readonly keeper: ResourceKeeper;
  private readonly open: RecentMap<number, ResourceRow>;
  /** Of open ones whose one half was told: whether it is what the browser measured. */
  private readonly halves = new RecentMap<number, boolean>(MAX_WAITING);
  /** Of words whose note has not come, and rows whose word has not. */
  private readonly askers = new RecentMap<number, Asker>(MAX_WAITING);
  private readonly unasked = new RecentMap<number, ResourceRow>(MAX_WAITING);
  /** EventSources. */
  private readonly streams = new RecentMap<number, BegunResource>(MAX_STREAMS);
  /** Of what is no request, and whose word has not come. */
  private readonly asking = new RecentMap<number, Asker>(MAX_WAITING);

  constructor(thread: number, keeper: ResourceKeeper) {
    this.thread = thread;
    this.keeper = keeper;
    this.open = new RecentMap(MAX_WAITING, (row) => keeper.add(row));
  }

  asked(id: number, asker: Asker): void {
    const other = this.asking.get(id);
    if (other !== undefined) {
      this.asking.delete(id);
      Object.assign(other, asker);
      return undefined;
    }
    const row = this.unasked.get(id);
    if (row === undefined) return this.askers.set(id, asker);
    this.unasked.delete(id);
    row.call = asker.call;
    row.task = asker.task;
    return undefined;
  }

  /** Of a number that no request had. */
  askerOf(id: number): Asker | undefined {
    return this.askers.get(id);
  }

  /** Fills in who asked, now or when the word comes. */
  asks(id: number, asker: Asker): void {
    const known = this.askers.get(id);
    if (known === undefined) return this.asking.set(id, asker);
    this.askers.delete(id);
    Object.assign(asker, known);
    return undefined;
  }

  begun(begun: BegunResource): void {
    if (begun.kind === STREAM) this.streams.set(begun.id, begun);
    const row: ResourceRow = {
      thread: this.thread,
      ...begun,
      route: routeOf(begun.url),
      ttfb: NaN,
      took: NaN,
      status: NaN,
      bytes: NaN,
      type: null,
      failure: null,
      call: NaN,
      task: 0,
      ended: false,
    };
    const asker = this.askers.get(row.id);
    if (asker === undefined) this.unasked.set(row.id, row);
    else Object.assign(row, { call: asker.call, task: asker.task });
    this.askers.delete(row.id);
    this.open.set(row.id, row);
  }

  /** One whose beginning was let go is none. */
  ended(id: number, end: EndedResource): void {
    const row = this.open.get(id);
    if (row === undefined) return;
    this.#learn(row, end, false);
    this.#close(row);
  }

  /**
   * On pages two tell what came of one, in any order: who heard the answer, and knows its status best, and the browser, which knows best when it came and how much it was.
   * @param since of what the browser measured: when that began
   */
  half(id: number, end: EndedResource, since?: number): void {
    const row = this.open.get(id);
    if (row === undefined) return;
    const isMeasured = since !== undefined;
    const later = isMeasured ? since - row.start : 0;
    const other = this.halves.get(id);
    this.#learn(row, { ...end, took: end.took + later, ttfb: end.ttfb + later }, isMeasured);
    if (other !== undefined && other !== isMeasured) this.#close(row);
    else this.halves.set(id, isMeasured);
  }

  #learn(row: ResourceRow, end: EndedResource, isMeasured: boolean): void {
    row.ended = true;
    const isOther = this.halves.get(row.id) === !isMeasured;
    // Of its status, who heard the answer knows best.
    const isLess = (name: string): boolean => isOther && isMeasured === (name === 'status');
    const known = Object.entries(end).filter(
      ([name, value]) => isKnown(value) && !(isLess(name) && isKnown(row[name as keyof EndedResource])),
    );
    Object.assign(row, Object.fromEntries(known));
  }

  #close(row: ResourceRow): void {
    this.open.delete(row.id);
    this.halves.delete(row.id);
    this.keeper.add(row);
  }

  /**
   * The browser measured a connection of an EventSource, without saying that it is one: of each that broke off, and of the last when the program closed it, which nobody
   * else tells and which has no status. False: none was made with this URL.
   */
  stream({ url, start }: BegunResource, end: EndedResource): boolean {
    const made = this.streams.values().filter((each) => each.url === url);
    const row = made.findLast((each) => each.start <= start);
    if (row === undefined || isKnown(end.status)) return made.length > 0;
    const later = start - row.start;
    this.ended(row.id, { ...end, took: end.took + later, ttfb: end.ttfb + later });
    return true;
  }

  /** The recording is over. */
  finish(): void {
    for (const row of this.open.values()) this.keeper.add(row);
    this.open.clear();
  }
}
