// A recording of a program that never was, of as many calls as one likes: a server of 4,000 functions in 200 files, unless told otherwise, that answers requests, each with
// async handlers, trees of plain calls, some errors. Words go through the writer of real recordings. Its times are made up: 50 ns a word.
import fs from 'node:fs';
import path from 'node:path';
import { Kind, SegmentWriter, VERSION, wordOf } from '../packages/probe/dist/wire/index.js';

const FILES = 200;
const PER_FILE = 20;
/** The first functions are handlers: async, each with an await. */
const HANDLERS = 40;
/** Sites of a file: its module, its functions, an await and a throw of each. */
const SITES = 1 + PER_FILE * 3;
const LEVELS = 12;
const BATCH = 1 << 16;
const PID = 4242;
const START = 1e9;
const SEGMENT = 16 * 1024 * 1024;

/** mulberry32: numbers from 0 to 1, the same in every run. */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Site of a function, of its await, of its throw; the process loads all files one after the other, from site 1 on. */
const siteOf = (fn, part = 0) => 1 + Math.floor(fn / PER_FILE) * SITES + 1 + (fn % PER_FILE) * 3 + part;

/** The one that `generateOnce` writes. */
const RUN = '20260101-000000-0000';

/** Writes a recording into a folder, unless there is one that this wrote. */
export function generateOnce(root, calls, files = FILES) {
  if (!fs.existsSync(path.join(root, '.intellimap', 'runs', RUN))) generate(root, RUN, calls, files);
}

/** Writes `.intellimap/runs/<id>` into a folder: `calls` calls or a few more, of `files` files with 20 functions each. Returns how many. */
export function generate(root, id, calls, files = FILES) {
  const run = path.join(root, '.intellimap', 'runs', id);
  for (const folder of ['sites', 'modules', `threads/${PID}-0`])
    fs.mkdirSync(path.join(run, folder), { recursive: true });
  const write = (file, text) => fs.writeFileSync(path.join(run, file), text);
  write('run.json', JSON.stringify(runFile(root, id)));
  const lines = Array.from({ length: files }, (_, file) => {
    const key = file.toString(16).padStart(16, '0');
    write(`sites/${key}.json`, JSON.stringify(siteTable(file, files)));
    return [
      { t: 'load', base: 1 + file * SITES, count: SITES, key, path: pathOf(file), format: 'module', ms: 1 },
      ...importsOf(file, files).map(({ specifier, dst }) => ({
        t: 'resolve',
        from: pathOf(file),
        specifier,
        to: pathOf(dst),
        kind: 'import',
      })),
    ];
  });
  write(
    `modules/${PID}-0.ndjson`,
    lines
      .flat()
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  return new Server(path.join(run, 'threads', `${PID}-0`), files * PER_FILE).run(calls);
}

const pathOf = (file) => `src/part${String(file % 12).padStart(2, '0')}/module${file}.ts`;

function runFile(root, id) {
  return {
    version: 1,
    id,
    command: ['node', 'server.js'],
    cwd: root,
    root,
    tier: 'performance',
    include: [],
    exclude: [],
    patterns: { include: [], exclude: [] },
    gates: 'open',
    policy: 'wait',
    node: process.version,
    intellimap: '0.1.0',
    platform: 'linux x64',
    git: null,
    startedAt: 1_790_000_000_000,
    startedMicros: START,
    endedAt: 1_790_000_900_000,
    exitCode: 0,
    signal: null,
  };
}

const importsOf = (file, files) =>
  [7, 14, 21].map((step) => {
    const dst = (file + step) % files;
    return { specifier: `../part${String(dst % 12).padStart(2, '0')}/module${dst}.ts`, dst };
  });

function siteTable(file, files) {
  const at = pathOf(file);
  const place = (line) => ({ line, column: 0, endLine: line + 8, endColumn: 1 });
  const sites = [{ id: `ts:${at}`, kind: 'module', name: at, parent: -1, ...place(1), flags: '' }];
  for (let each = 0; each < PER_FILE; each++) {
    const fn = file * PER_FILE + each;
    const name = `${fn < HANDLERS ? 'handle' : 'step'}${fn}`;
    const line = 5 + each * 10;
    const parent =
      sites.push({
        id: `ts:${at}#${name}`,
        kind: 'function',
        name,
        parent: 0,
        ...place(line),
        flags: fn < HANDLERS ? 'a' : '',
        hash: 'c0ffee00',
      }) - 1;
    sites.push({ id: `ts:${at}#${name}!await:next~0`, kind: 'await', name, parent, ...place(line + 2) });
    sites.push({ id: `ts:${at}#${name}!throw:new Error~0`, kind: 'throw', name, parent, ...place(line + 4) });
  }
  const imports = importsOf(file, files).map(({ specifier, dst }, at) => ({
    specifier,
    kind: 'import',
    names: [`step${dst * PER_FILE}`],
    typeOnly: false,
    line: 1 + at,
  }));
  return { version: 1, path: at, contentHash: '0'.repeat(16), lines: 5 + PER_FILE * 10, sites, imports };
}

class Server {
  #random = randomFrom(1);
  #words = new Int32Array(BATCH + (1 << 12));
  #at = 0;
  #all = 0;
  #calls = 0;
  #frames = 0;
  #segment = 1;
  #out;
  #folder;
  #writer;
  /** [function] those it calls: of the next levels, some much more often than others. */
  #callees;

  constructor(folder, functions) {
    this.#folder = folder;
    this.#writer = new SegmentWriter((bytes) => fs.writeSync(this.#out, bytes));
    const perLevel = Math.ceil(functions / LEVELS);
    this.#callees = Array.from({ length: functions }, (_, fn) => {
      const from = Math.max(HANDLERS, (Math.floor(fn / perLevel) + 1) * perLevel);
      const count = from >= functions ? 0 : 1 + Math.floor(this.#random() * 5);
      return Array.from({ length: count }, () =>
        Math.min(functions - 1, from + Math.floor(this.#random() ** 3 * perLevel * 2)),
      );
    });
  }

  run(calls) {
    this.#open();
    for (let id = 1; id <= 5; id++)
      this.#writer.note({ t: 'error', id, name: 'Error', message: `no such thing: ${id}` });
    for (let request = 1; this.#calls < calls; request++) this.#request(request);
    this.#flush();
    this.#writer.end(this.#now());
    fs.closeSync(this.#out);
    return this.#calls;
  }

  #open() {
    const name = `${String(this.#segment).padStart(6, '0')}.seg`;
    this.#out = fs.openSync(path.join(this.#folder, name), 'w');
    this.#writer.begin({
      version: VERSION,
      pid: PID,
      ppid: 1,
      tid: 0,
      name: 'main',
      argv: [],
      execPath: '',
      node: process.version,
      tier: 'performance',
      startMicros: START,
      startEpochMs: 1_790_000_000_000,
      segment: this.#segment,
    });
  }

  /** A request: two turns, with a sleep between. */
  #request(id) {
    const handler = Math.floor(this.#random() ** 2 * HANDLERS);
    const frame = ++this.#frames;
    this.#writer.note({ t: 'task', id, kind: 'request', name: `GET /${handler}` });
    this.#task(0, id);
    this.#stamped(Kind.FRAME_ENTER, siteOf(handler), frame);
    this.#calls++;
    this.#children(handler, 1);
    this.#stamped(Kind.SUSPEND, siteOf(handler, 1), frame);
    this.#task(1, id);
    this.#stamped(Kind.RESUME, siteOf(handler, 1), frame);
    this.#children(handler, 1);
    this.#stamped(Kind.FRAME_LEAVE, siteOf(handler), frame);
    this.#task(2, id);
    if (this.#at >= BATCH) this.#flush();
  }

  #children(fn, depth) {
    const callees = this.#callees[fn];
    for (const callee of callees) {
      const times = this.#random() < 0.1 ? 4 : 1;
      for (let time = 0; time < times; time++) this.#call(callee, depth);
    }
  }

  #call(fn, depth) {
    if (this.#at >= BATCH) this.#flush();
    this.#words[this.#at++] = wordOf(Kind.ENTER, siteOf(fn));
    this.#calls++;
    if (this.#random() < 0.4) this.#children(fn, depth + 1);
    if (this.#random() < 1e-5) {
      this.#words[this.#at++] = wordOf(Kind.THROWN, siteOf(fn, 2));
      this.#words[this.#at++] = ((1 + (fn % 5)) << 1) | 1;
      this.#words[this.#at++] = wordOf(Kind.THROW, siteOf(fn));
    } else this.#words[this.#at++] = wordOf(Kind.LEAVE, siteOf(fn));
  }

  #task(what, id) {
    this.#words[this.#at++] = wordOf(Kind.TASK, what);
    this.#words[this.#at++] = id;
    this.#words[this.#at++] = this.#now() | 0;
  }

  #stamped(kind, site, frame) {
    this.#words[this.#at++] = wordOf(kind, site);
    this.#words[this.#at++] = frame;
    this.#words[this.#at++] = this.#now() | 0;
  }

  /** µs */
  #now() {
    return START + Math.round((this.#all + this.#at) / 20);
  }

  #flush() {
    const micros = Float64Array.of(START + Math.round(this.#all / 20), this.#now());
    const at = Float64Array.of(this.#all, this.#all + this.#at);
    const taken = this.#writer.events(this.#words, 0, this.#at, { count: 2, at, micros });
    this.#words.copyWithin(0, taken, this.#at);
    this.#all += taken;
    this.#at -= taken;
    if (this.#writer.bytes < SEGMENT) return;
    fs.closeSync(this.#out);
    this.#segment++;
    this.#open();
  }
}
