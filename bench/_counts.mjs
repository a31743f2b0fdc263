// What a recording says of calls, by function, and what it takes on disk. Recordings of the same work by T0, edges and T1 must agree: they
// share the transform, but neither probes nor what is written (T0 adds one to a place in shared memory; edges to one of a caller and a callee; T1 writes
// words that are counted here).
import fs from 'node:fs';
import path from 'node:path';
import {
  decodeEvents,
  Kind,
  kindOf,
  OPERANDS,
  payloadOf,
  readSegment,
} from '../packages/probe/dist/wire/index.js';
import { median, rounded } from './_figures.mjs';

const FUNCTIONS = new Set([
  'module',
  'function',
  'arrow',
  'method',
  'getter',
  'setter',
  'constructor',
  'static-block',
]);

/**
 * @param {string} runDir of one process
 * @returns {{ calls: Map<string, number>, total: number, events: number, lost: number, bytes: number, cut: number }}
 *   `calls` by `ast_node_id`; `events` of tier `performance`; `cut`: threads that did not end in order
 */
export function countsIn(runDir) {
  const nameOf = functionsOf(runDir);
  const seen = { calls: new Map(), total: 0, ...atRest(runDir) };
  const count = (site, times) => {
    const name = nameOf.get(site);
    if (name === undefined) return;
    seen.calls.set(name, (seen.calls.get(name) ?? 0) + times);
    seen.total += times;
  };
  for (const bytes of segmentsOf(runDir)) for (const part of readSegment(bytes)) tally(part, count);
  return seen;
}

/** What is on disk, told by the last frame of each thread: no word is read for it. */
export function atRest(runDir) {
  const sums = { events: 0, lost: 0, bytes: 0, cut: 0 };
  for (const thread of threadsOf(runDir)) {
    let totals;
    for (const bytes of filesIn(thread)) {
      sums.bytes += bytes.length;
      for (const part of readSegment(bytes)) if (part.type === 'end') totals = part.totals;
    }
    if (totals === undefined) sums.cut++;
    sums.events += totals?.events ?? 0;
    sums.lost += totals?.lost ?? 0;
  }
  return sums;
}

/**
 * What recordings of tier `performance` take, and what they lost.
 * @param {{ tier?: string, events: number, bytes: number, lost: number, cut: number }[]} runs
 * @param {number} also lost elsewhere
 */
export function storage(runs, also = 0) {
  const timed = runs.filter(({ tier }) => tier === 'performance');
  const bytesPerEvent =
    timed.length === 0 ? null : rounded(median(timed.map((each) => each.bytes / each.events)), 3);
  const lost = timed.reduce((sum, each) => sum + each.lost, also);
  const cut = timed.reduce((sum, each) => sum + each.cut, 0);
  const text = `${bytesPerEvent ?? '–'} bytes an event, ${lost} words lost${cut > 0 ? `, ${cut} threads CUT OFF` : ''}`;
  return { text, found: { bytesPerEvent, lost, cut } };
}

/** @returns {string[]} functions whose counts differ, as lines */
export function differing(a, b) {
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((name) => a.get(name) !== b.get(name))
    .map((name) => `${name}: ${a.get(name) ?? 0} and ${b.get(name) ?? 0}`);
}

function tally(part, count) {
  if (part.type === 'damaged' || part.type === 'truncated') throw new Error(`a segment is ${part.type}`);
  if (part.type === 'counts')
    for (const [at, site] of part.counts.sites.entries()) count(site, part.counts.deltas[at]);
  if (part.type === 'edges')
    for (const [at, site] of part.edges.callees.entries()) count(site, part.edges.calls[at]);
  if (part.type !== 'events') return;
  const entered = new Map();
  decodeEvents(part.frame, (words, length) => {
    for (let at = 0; at < length; at += 1 + OPERANDS[kindOf(words[at])]) {
      const kind = kindOf(words[at]);
      if (kind !== Kind.ENTER && kind !== Kind.FRAME_ENTER) continue;
      const site = payloadOf(words[at]);
      entered.set(site, (entered.get(site) ?? 0) + 1);
    }
  });
  for (const [site, times] of entered) count(site, times);
}

/** Site id → `ast_node_id`, of the functions of one process. */
function functionsOf(runDir) {
  const names = new Map();
  const folder = path.join(runDir, 'modules');
  for (const file of fs.readdirSync(folder))
    for (const line of fs.readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n')) {
      const { t, base, key } = JSON.parse(line);
      if (t !== 'load') continue;
      const { sites } = JSON.parse(fs.readFileSync(path.join(runDir, 'sites', `${key}.json`), 'utf8'));
      for (const [ordinal, { id, kind }] of sites.entries())
        if (FUNCTIONS.has(kind)) names.set(base + ordinal, id);
    }
  return names;
}

const threadsOf = (runDir) =>
  fs.readdirSync(path.join(runDir, 'threads')).map((name) => path.join(runDir, 'threads', name));
const filesIn = (folder) =>
  fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.seg'))
    .toSorted()
    .map((file) => fs.readFileSync(path.join(folder, file)));
function* segmentsOf(runDir) {
  for (const thread of threadsOf(runDir)) yield* filesIn(thread);
}
