// node bench/collect.mjs [--seconds n]: what the collector takes. Words of a real recording (this repository's transform over its own sources), cut into
// batches as pages send them, go through WebSockets to a collector in a process of its own, bound to one processor; what is stored is compared with what
// was sent, word by word. The figure is the processor time of the collector (user and system) for an event, and events a second of one processor that
// follow from it, as the machine may be busy with something else; the clock's figure is beside it. Build first (npm run build). The last line is JSON.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rounded } from './_figures.mjs';
import {
  COLLECT_PATH,
  decodeEvents,
  encodeBatch,
  operandsOf,
  readSegment,
} from '../packages/probe/dist/wire/index.js';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '20000000' }, profile: { type: 'boolean' } },
});
const EVENTS = Number(values.events);
/** Words of a batch: the least that is worth one, what a busy page sends, a long turn, and in between. */
const SIZES = [1 << 9, 1 << 10, 1 << 12, 1 << 15];
/** Pages at a time. */
const PAGES = 4;
/** Bytes that a page holds until they are acknowledged. */
const WAITING = 4 << 20;
const { WebSocket } = createRequire(new URL('../packages/intellimap/package.json', import.meta.url))('ws');
const main = fileURLToPath(new URL('../packages/intellimap/dist/command/main.js', import.meta.url));
const repository = fileURLToPath(new URL('..', import.meta.url));
const BUILD = 'bench-1';
const TOKEN = 'token-of-the-bench';

/** Words of a program that ran: an analysis of this repository's text, recorded. */
function recordedWords() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-collect-words-'));
  const target = path.join(folder, 'program');
  fs.cpSync(path.join(repository, 'packages/intellimap/dist/transform'), path.join(target, 'transform'), {
    recursive: true,
  });
  fs.cpSync(path.join(repository, 'packages/intellimap/dist/base'), path.join(target, 'base'), {
    recursive: true,
  });
  fs.symlinkSync(path.join(repository, 'node_modules'), path.join(target, 'node_modules'));
  fs.writeFileSync(path.join(target, 'package.json'), '{"name":"program","type":"module"}');
  fs.writeFileSync(
    path.join(target, 'main.js'),
    `import { readFileSync, readdirSync } from 'node:fs';
     import { transform } from './transform/index.js';
     const folder = ${JSON.stringify(path.join(repository, 'packages/intellimap/dist/'))};
     for (const name of readdirSync(folder, { recursive: true }))
       if (name.endsWith('.js'))
         transform(readFileSync(folder + name, 'utf8'), { path: name, lang: 'js', goal: 'module', tier: 'performance', base: 1 });`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    [main, 'run', '--no-summary', '--', process.execPath, 'main.js'],
    { cwd: target, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const runs = path.join(target, '.intellimap', 'runs');
  const threads = path.join(runs, fs.readdirSync(runs)[0], 'threads');
  const parts = [];
  for (const thread of fs.readdirSync(threads))
    for (const file of fs.readdirSync(path.join(threads, thread)))
      for (const part of readSegment(fs.readFileSync(path.join(threads, thread, file))))
        if (part.type === 'events')
          decodeEvents(part.frame, (words, count) => parts.push(words.slice(0, count)));
  fs.rmSync(folder, { recursive: true });
  const words = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    words.set(part, at);
    at += part.length;
  }
  return words;
}

/** Positions of whole events, about `size` words apart, and how many events lie between. */
function cuts(words, size) {
  const result = [];
  let from = 0;
  let events = 0;
  for (let at = 0; at < words.length;) {
    at += 1 + operandsOf[words[at] & 15];
    events += 1;
    if (at - from < size && at < words.length) continue;
    result.push({ from, to: at, events });
    from = at;
    events = 0;
  }
  return result;
}

const utf8 = (text) => new TextEncoder().encode(text);

/** Batches of a page, one after the other, as often as it takes. */
function* batchesOf(session, words, pieces, wanted) {
  let [at, seq, events, micros] = [0, 0, 0, 0];
  while (events < wanted) {
    for (const piece of pieces) {
      const own = words.subarray(piece.from, piece.to);
      const samples = [];
      // A look every 4096 words, one at each end of the turn.
      for (let place = 0; place <= own.length; place += 4096) samples.push([at + place, (micros += 40)]);
      samples.push([at + own.length, (micros += 40)]);
      const hello = {
        build: BUILD,
        kind: 'page',
        url: 'http://localhost/',
        agent: 'bench',
        origin: Date.now(),
        clock: [[0, 0, 0]],
      };
      events += piece.events;
      const isLast = events >= wanted;
      const head = { session, seq: ++seq, token: TOKEN, at, lost: 0, samples, notes: [] };
      const bytes = encodeBatch(
        { ...head, ...(seq === 1 && { hello }), ...(isLast && { end: micros }) },
        own,
        new Uint8Array(0),
        utf8,
      );
      at += own.length;
      yield { bytes, events: piece.events, words: own };
      if (isLast) return;
    }
  }
}

function workspace() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-collect-'));
  const build = path.join(root, '.intellimap', 'builds', BUILD);
  fs.mkdirSync(path.join(build, 'sites'), { recursive: true });
  fs.writeFileSync(path.join(build, 'kind'), 'dev\n');
  fs.writeFileSync(path.join(build, 'token'), TOKEN);
  fs.writeFileSync(path.join(build, 'modules.ndjson'), '');
  return root;
}

/** A collector, on a processor of its own where there is `taskset`. */
async function collector(root) {
  const hasTaskset = spawnSync('taskset', ['-V']).status === 0 && os.availableParallelism() > 1;
  const node = [process.execPath, ...(values.profile ? ['--cpu-prof', `--cpu-prof-dir=${root}`] : []), main];
  const words = [...node, 'collect', '--port', '0', '--json', '--no-summary'];
  const [file, ...args] = hasTaskset ? ['taskset', '-c', '1', ...words] : words;
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /collecting on (\S+)[^]*Ctrl-C/.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(said)));
  });
  const closed = new Promise((resolve) => void child.once('close', resolve));
  return {
    url,
    isBound: hasTaskset,
    cpuMs: () => cpuMs(child.pid),
    async end() {
      child.kill('SIGINT');
      await closed;
      return JSON.parse(printed);
    },
  };
}

/** ms of user and system that a process has taken, all its threads. */
function cpuMs(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Sends as fast as acknowledgements come; resolves when all are there. */
function sendAll(url, batches, hash) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${COLLECT_PATH}`);
    const lengths = [];
    let [waiting, sent, kept, events, words, isDone] = [0, 0, 0, 0, 0, false];
    const more = () => {
      while (!isDone && waiting < WAITING && socket.bufferedAmount < WAITING) {
        const { value, done } = batches.next();
        isDone = done === true;
        if (isDone) break;
        hash.update(new Uint8Array(value.words.buffer, value.words.byteOffset, value.words.byteLength));
        lengths.push(value.bytes.length);
        waiting += value.bytes.length;
        sent += 1;
        events += value.events;
        words += value.words.length;
        socket.send(value.bytes);
      }
      if (isDone && kept === sent) {
        socket.close();
        resolve({ batches: sent, events, words });
      }
    };
    socket.on('open', more);
    socket.on('error', reject);
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString());
      if (message.t !== 'kept') return reject(new Error(data.toString()));
      while (kept < message.seq) waiting -= lengths[kept++];
      return more();
    });
  });
}

/** What the segments of each session hold. */
function storedIn(root) {
  const runs = path.join(root, '.intellimap', 'runs');
  const threads = path.join(runs, fs.readdirSync(runs)[0], 'threads');
  const result = new Map();
  let bytes = 0;
  for (const thread of fs.readdirSync(threads)) {
    const folder = path.join(threads, thread);
    const { session } = JSON.parse(fs.readFileSync(path.join(folder, 'session.json'), 'utf8'));
    const hash = createHash('sha1');
    const found = { words: 0, events: 0, lost: 0 };
    for (const name of fs
      .readdirSync(folder)
      .filter((each) => each.endsWith('.seg'))
      .toSorted()) {
      const segment = fs.readFileSync(path.join(folder, name));
      bytes += segment.length;
      for (const part of readSegment(segment)) {
        if (part.type !== 'events') continue;
        found.lost = part.frame.lost;
        found.events += part.frame.events;
        found.words += part.frame.words;
        decodeEvents(part.frame, (words, count) =>
          hash.update(new Uint8Array(words.buffer, words.byteOffset, count * 4)),
        );
      }
    }
    result.set(session, { ...found, hash: hash.digest('hex') });
  }
  return { threads: result, bytes };
}

async function measure(words, size) {
  const root = workspace();
  const pieces = cuts(words, size);
  const taking = await collector(root);
  const { url, isBound } = taking;
  const sessions = Array.from({ length: PAGES }, (_, at) => (at + 1).toString(16).padStart(32, '0'));
  const hashes = sessions.map(() => createHash('sha1'));
  const before = taking.cpuMs();
  const start = performance.now();
  const sent = await Promise.all(
    sessions.map((session, at) =>
      sendAll(url, batchesOf(session, words, pieces, EVENTS / PAGES), hashes[at]),
    ),
  );
  const ms = performance.now() - start;
  const cpuTime = taking.cpuMs() - before;
  await taking.end();
  const stored = storedIn(root);
  const events = sent.reduce((sum, each) => sum + each.events, 0);
  const kept = [...stored.threads.values()].reduce((sum, each) => sum + each.events, 0);
  const isSame = sessions.every(
    (session, at) => stored.threads.get(session)?.hash === hashes[at].digest('hex'),
  );
  if (!values.profile) fs.rmSync(root, { recursive: true });
  else console.log(root);
  return {
    batchWords: size,
    batches: sent.reduce((sum, each) => sum + each.batches, 0),
    events,
    eventsStored: kept,
    eventsLost: events - kept,
    wordsAreTheSame: isSame,
    cpuMs: rounded(cpuTime, 0),
    cpuNsPerEvent: rounded((cpuTime * 1e6) / events, 1),
    millionEventsPerCpuSecond: rounded(events / cpuTime / 1000, 2),
    millionEventsPerSecond: rounded(events / ms / 1000, 2),
    bytesPerEvent: rounded(stored.bytes / events, 3),
    oneProcessor: isBound,
  };
}

const words = recordedWords();
const results = [];
for (const size of SIZES) {
  const result = await measure(words, size);
  results.push(result);
  console.log(
    `${String(size).padStart(6)} words a batch: ${result.millionEventsPerCpuSecond} M events a second of processor, ${result.millionEventsPerSecond} M a second, ${result.eventsLost} lost`,
  );
}
console.log(JSON.stringify({ bench: 'collect', node: process.version, words: words.length, results }));
