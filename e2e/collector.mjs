/**
 * The collector is killed at random moments while pages send as fast as they can and OpenTelemetry does, too. Each time it is started again, all of them go on; at the
 * end, the recording must hold each word and each span that was sent, once.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  COLLECT_PATH,
  decodeEvents,
  encodeBatch,
  Kind,
  readSegment,
  wordOf,
} from '../packages/probe/dist/wire/index.js';
import { cleanEnvironment, intellimapBin, query, workspaceOf } from './_consumer.mjs';

const { WebSocket } = createRequire(new URL('../packages/intellimap/package.json', import.meta.url))('ws');

const PAGES = 4;
const BATCHES = 1500;
const BUILD = 'b';
const TOKEN = 'token-of-the-build';
const MODULE = { t: 'load', base: 1, count: 400, key: 'k', path: 'page.ts', format: 'module', ms: 1 };
const FILES = {
  '.intellimap/builds/b/kind': 'build',
  '.intellimap/builds/b/token': TOKEN,
  '.intellimap/builds/b/modules.ndjson': `${JSON.stringify(MODULE)}\n`,
  '.intellimap/builds/b/sites/k.json': JSON.stringify(tableOf(400)),
};

/** @param {string[]} argv how many kills (default 20) */
export const run = (argv) => rounds(Number(argv[0] ?? 20));
export const runCi = () => rounds(4);
export const seconds = 40;

async function rounds(kills) {
  const cwd = workspaceOf('collector', FILES);
  const state = { url: '', isOver: false };
  const pages = Array.from({ length: PAGES }, (_, at) => new Page(at + 1));
  const spans = new Spans(cwd);
  let current = await start(cwd, state);
  let killed = 0;
  const work = Promise.all([...pages.map((page) => page.sendAll(state)), spans.sendAll(state)]);
  const done = work.then(() => (state.isOver = true));
  for (let kill = 0; kill < kills && !state.isOver; kill += 1) {
    await Promise.race([sleep(50 + Math.random() * 400), done]);
    current.child.kill('SIGKILL');
    killed += 1;
    await current.closed;
    current = await start(cwd, state);
  }
  await done;
  console.log(`  killed ${killed} times, ${PAGES * BATCHES} batches`);
  current.child.kill('SIGINT');
  await current.closed;
  return await judged([
    ['it was killed', () => assert.ok(killed > 0)],
    ['one run', () => assert.equal(readdirSync(join(cwd, '.intellimap', 'runs')).length, 1)],
    ...pages.map((page) => [`page ${page.number}: its words, once`, () => page.compare(cwd)]),
    ['spans, once', () => spans.compare(cwd)],
    ['the run can be asked', () => asked(cwd, pages)],
  ]);
}

async function judged(checks) {
  let failed = 0;
  for (const [name, check] of checks) {
    try {
      await check();
    } catch (error) {
      failed += 1;
      console.log(`  FAIL  ${name}: ${error.stack}`);
    }
  }
  return { passed: checks.length - failed, failed };
}

async function start(cwd, state) {
  const child = spawn(intellimapBin(), ['collect', '--port', '0', '--no-summary'], {
    cwd,
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  let said = '';
  for await (const text of child.stderr.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += text;
    const found = /collecting on (\S+)[^]*Ctrl-C/.exec(said);
    if (found === null) continue;
    state.url = found[1];
    child.stderr.resume();
    return { child, closed };
  }
  throw new Error(said);
}

/** Sends batches through WebSockets, again what was not acknowledged. */
class Page {
  number;
  #session = randomBytes(16).toString('hex');
  #batches = [];
  #kept = 0;
  #words = createHash('sha1');
  events = 0;

  constructor(number) {
    this.number = number;
    let at = 0;
    for (let seq = 1; seq <= BATCHES; seq += 1) {
      const words = someWords(seq * PAGES + number);
      this.events += words.length;
      this.#words.update(new Uint8Array(words.buffer));
      this.#batches.push(this.#batch(seq, at, words));
      at += words.length;
    }
  }

  #batch(seq, at, words) {
    const hello = {
      build: BUILD,
      kind: 'page',
      url: 'http://localhost/',
      agent: 'e2e',
      origin: Date.now(),
      clock: [],
    };
    const samples = [[at, seq * 1000], [at + words.length, seq * 1000 + 900]]; // prettier-ignore
    const head = { session: this.#session, seq, token: TOKEN, at, lost: 0, samples, notes: [] };
    const more = { ...(seq === 1 && { hello }), ...(seq === BATCHES && { end: seq * 1000 + 950 }) };
    return encodeBatch({ ...head, ...more }, words, new Uint8Array(0), (text) =>
      new TextEncoder().encode(text),
    );
  }

  async sendAll(state) {
    while (this.#kept < BATCHES) {
      await this.#sendSome(state.url);
      await sleep(20);
    }
  }

  #sendSome(url) {
    return new Promise((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}${COLLECT_PATH}`);
      let next = this.#kept;
      const more = () => {
        while (next < BATCHES && next < this.#kept + 40) socket.send(this.#batches[next++]);
        if (this.#kept === BATCHES) socket.close();
      };
      socket.on('open', more);
      socket.on('error', () => {});
      socket.on('close', resolve);
      socket.on('message', (data) => {
        const { t, seq, reason } = JSON.parse(Buffer.from(data).toString());
        assert.equal(t, 'kept', reason);
        this.#kept = Math.max(this.#kept, seq);
        more();
      });
    });
  }

  compare(cwd) {
    const folder = threadOf(cwd, this.#session);
    const hash = createHash('sha1');
    let [lost, hasEnded, events] = [0, false, 0];
    for (const name of readdirSync(folder)
      .filter((each) => each.endsWith('.seg'))
      .toSorted())
      for (const part of readSegment(readFileSync(join(folder, name)))) {
        assert.ok(part.type !== 'damaged' && part.type !== 'truncated', `${name} is sound`);
        if (part.type === 'end') hasEnded = true;
        if (part.type !== 'events') continue;
        lost = part.frame.lost;
        events += part.frame.events;
        decodeEvents(part.frame, (words, count) => hash.update(new Uint8Array(words.slice(0, count).buffer)));
      }
    assert.deepEqual({ lost, hasEnded, events }, { lost: 0, hasEnded: true, events: this.events });
    assert.equal(hash.digest('hex'), this.#words.digest('hex'));
  }
}

/** Sends spans as an exporter does: again when there was no answer. */
class Spans {
  #cwd;
  #count = 0;

  constructor(cwd) {
    this.#cwd = cwd;
  }

  async sendAll(state) {
    const { token } = JSON.parse(readFileSync(join(this.#cwd, '.intellimap', 'collector.json'), 'utf8'));
    for (let request = 0; request < 150; request += 1) {
      const body = this.#request();
      while (!(await isTaken(state.url, token, body))) await sleep(20);
    }
  }

  #request() {
    const spans = Array.from({ length: 20 }, () => ({
      traceId: 'a'.repeat(32),
      spanId: (++this.#count).toString(16).padStart(16, '0'),
      name: `span ${this.#count}`,
      startTimeUnixNano: `${Date.now()}000000`,
      endTimeUnixNano: `${Date.now() + 1}000000`,
    }));
    return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  }

  async compare(cwd) {
    const [{ rows, ids }] = await query(
      cwd,
      'select count(*) as rows, count(distinct span_id) as ids from spans',
    );
    assert.deepEqual({ rows, ids }, { rows: this.#count, ids: this.#count });
  }
}

async function isTaken(url, token, body) {
  const headers = { 'content-type': 'application/json', 'x-intellimap-token': token };
  try {
    const { status } = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body });
    return status === 200;
  } catch {
    return false;
  }
}

async function asked(cwd, pages) {
  const [{ threads, hits }] = await query(
    cwd,
    'select (select count(*) from threads where ended) as threads, (select sum(hits) from nodes_runtime) as hits',
  );
  const calls = pages.reduce((sum, { events }) => sum + events / 2, 0);
  assert.deepEqual({ threads, hits: Number(hits) }, { threads: PAGES, hits: calls });
}

function threadOf(cwd, session) {
  const runs = join(cwd, '.intellimap', 'runs');
  const threads = join(runs, readdirSync(runs)[0], 'threads');
  const name = readdirSync(threads).find(
    (each) => JSON.parse(readFileSync(join(threads, each, 'session.json'), 'utf8')).session === session,
  );
  return join(threads, name);
}

/** Calls of 400 functions, some within others. */
function someWords(seed) {
  const words = new Int32Array(1200);
  let state = seed;
  for (let at = 0; at < words.length; at += 6) {
    const sites = Array.from(
      { length: 3 },
      () => 1 + ((state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff) % 399),
    );
    sites.forEach((site, depth) => {
      words[at + depth] = wordOf(Kind.ENTER, site);
      words[at + 5 - depth] = wordOf(Kind.LEAVE, site);
    });
  }
  return words;
}

function tableOf(count) {
  const place = { line: 1, column: 0, endLine: 1, endColumn: 1 };
  const sites = Array.from({ length: count }, (_, at) => ({
    id: `ts:page.ts#f${at}`,
    kind: at === 0 ? 'module' : 'function',
    name: at === 0 ? 'page.ts' : `f${at}`,
    parent: at === 0 ? -1 : 0,
    ...place,
    ...(at > 0 && { flags: '', hash: '00000000' }),
  }));
  return { version: 1, path: 'page.ts', contentHash: '0'.repeat(16), lines: 1, sites, imports: [] };
}
