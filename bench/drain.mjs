// node bench/drain.mjs: what the drain can take. Encoding alone (one thread, words in memory), and end to end: a
// program that does nothing but enter and leave, until all of it is on disk, with nothing lost.
// Build first (npm run build). The last line is JSON; words per second in millions, ns a call.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeEvents, readSegment, SegmentWriter } from '../packages/probe/dist/wire/index.js';

const FRAME_WORDS = 1 << 18;
const WORDS = 1 << 24;
const register = new URL('../packages/probe/dist/node/register.js', import.meta.url).href;
const ENTER = 1;
const LEAVE = 2;

/** Call trees over 2000 functions; each call site is taken with a probability of 0.8: hard to guess. */
function treeWords() {
  const words = new Int32Array(WORDS);
  let at = 0;
  let seed = 7;
  const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;
  const callees = Array.from({ length: 2000 }, () =>
    Array.from({ length: Math.floor(random() * 5) }, () => Math.floor(random() * 2000)),
  );
  const call = (site, depth) => {
    if (at >= WORDS - 100) return;
    words[at++] = (site << 4) | ENTER;
    if (depth < 20) for (const callee of callees[site]) if (random() < 0.8) call(callee, depth + 1);
    words[at++] = (site << 4) | LEAVE;
  };
  for (;;) {
    if (at >= WORDS - 100) break;
    call(Math.floor(random() * 2000), 0);
  }
  return words.subarray(0, at);
}

const loopWords = () =>
  Int32Array.from({ length: WORDS }, (_, at) => (at % 2 ? (1 << 4) | LEAVE : (1 << 4) | ENTER));

function codec(words) {
  let best = { encode: 0, decode: 0 };
  for (let round = 0; round < 4; round++) {
    const frames = [];
    const writer = new SegmentWriter((bytes) => frames.push(bytes.slice()));
    const samples = { count: 1, at: new Float64Array(1), micros: new Float64Array([1e9]) };
    let start = performance.now();
    for (let at = 0; at < words.length;) {
      samples.at[0] = at;
      at += writer.events(words, at, Math.min(words.length, at + FRAME_WORDS), samples);
    }
    const encode = words.length / (performance.now() - start) / 1000;
    const bytes = Buffer.concat(frames);
    start = performance.now();
    let count = 0;
    for (const part of readSegment(bytes)) decodeEvents(part.frame, (_, length) => (count += length));
    const decode = words.length / (performance.now() - start) / 1000;
    if (count !== words.length) throw new Error('words were lost');
    best = {
      encode: Math.max(best.encode, encode),
      decode: Math.max(best.decode, decode),
      bytesPerWord: bytes.length / words.length,
    };
  }
  return best;
}

/** A fresh process: `calls` calls of a small function, with probes and without. */
function endToEnd(calls) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-drain-'));
  const file = path.join(folder, 'program.mjs');
  fs.writeFileSync(
    file,
    `const probe = globalThis[Symbol.for('intellimap.probe.1')];
     probe.start(); probe.flush();
     let sum = 0;
     function traced(n) { $imE(17); try { sum += n; } finally { $imL(18); } }
     function plain(n) { sum += n; }
     const run = (f) => { const start = performance.now(); for (let i = 0; i < ${calls}; i++) f(i); return performance.now() - start; };
     const runPlain = () => { const start = performance.now(); for (let i = 0; i < ${calls}; i++) plain(i); return performance.now() - start; };
     const short = () => { const start = performance.now(); for (let i = 0; i < 100000; i++) traced(i); return performance.now() - start; };
     short(); runPlain();
     let best = Infinity;
     for (let i = 0; i < 20; i++) { probe.flush(); best = Math.min(best, short()); }
     const start = performance.now(); run(traced); const flushed = probe.flush();
     const ms = performance.now() - start;
     console.log(JSON.stringify({ ms, plainMs: runPlain(), burstNs: best / 1e5 * 1e6, flushed }));`,
  );
  const env = {
    ...process.env,
    INTELLIMAP_RUN: path.join(folder, 'run'),
    NODE_OPTIONS: `--import=${register}`,
  };
  const { stdout, stderr } = spawnSync(process.execPath, [file], { env, encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  const { ms, plainMs, burstNs, flushed } = JSON.parse(stdout);
  let recorded = 0;
  let lost = 0;
  const threads = path.join(folder, 'run', 'threads');
  for (const thread of fs.readdirSync(threads)) {
    for (const segment of fs.readdirSync(path.join(threads, thread))) {
      for (const part of readSegment(fs.readFileSync(path.join(threads, thread, segment)))) {
        if (part.type === 'end') ({ words: recorded, lost } = part.totals);
      }
    }
  }
  fs.rmSync(folder, { recursive: true });
  return {
    wordsPerSecond: (calls * 2) / ms / 1000,
    burstNsPerCall: burstNs,
    plainMs,
    flushed,
    recorded,
    lost,
  };
}

const rounded = (values) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? Number(value.toFixed(3)) : value,
    ]),
  );
const result = {
  bench: 'drain',
  node: process.version,
  tree: rounded(codec(treeWords())),
  loop: rounded(codec(loopWords())),
  endToEnd: rounded(endToEnd(30_000_000)),
};
console.log(JSON.stringify(result));
