// A recording folder for one measurement, and what was recorded in it, counted word by word.
import fs from 'node:fs';
import path from 'node:path';
import { patternsOf } from '../packages/intellimap/dist/load/globs.js';
import { valuesWanted } from '../packages/intellimap/dist/cli/values.js';
import { recordingEnvironment } from '../packages/intellimap/dist/record/launch.js';
import {
  decodeEvents,
  Kind,
  kindOf,
  OPERANDS,
  payloadOf,
  readSegment,
} from '../packages/probe/dist/wire/index.js';

/**
 * Environment that records processes into `runDir`: the files of `root`, as `intellimap run --include` does. `options` are those of its that ask
 * for values.
 */
export function recordedBy(runDir, root, strategy, include = [], options = {}) {
  const values = valuesWanted(options, strategy);
  const tier = values ? 'performance' : strategy;
  fs.mkdirSync(runDir, { recursive: true });
  fs.writeFileSync(
    path.join(runDir, 'run.json'),
    JSON.stringify({ root, tier, values, patterns: { include: patternsOf(include), exclude: [] } }),
  );
  return recordingEnvironment({ runDir, tier, values });
}

/** Of the only file that was instrumented: calls that began and ended (words), calls counted (hits), without the module's own; words lost; values kept and let go. */
export function recordedIn(runDir) {
  const loads = partsOf(path.join(runDir, 'modules'))
    .flatMap((bytes) => bytes.toString('utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line))
    .filter(({ t }) => t === 'load');
  if (loads.length !== 1) throw new Error(`${loads.length} files were instrumented`);
  const [{ base }] = loads;
  const seen = { began: 0, ended: 0, counted: 0, lost: 0, looks: 0, letGo: 0 };
  for (const bytes of partsOf(path.join(runDir, 'threads')))
    for (const part of readSegment(bytes)) {
      if (part.type === 'events')
        decodeEvents(part.frame, (words, length) => tally(words, length, base, seen));
      if (part.type === 'counts') seen.counted += hitsOf(part.counts, base);
      if (part.type === 'values')
        seen.letGo = part.values.counts.slice(2).reduce((sum, count) => sum + count, 0);
      if (part.type === 'end') seen.lost = part.totals.lost;
      if (part.type === 'damaged' || part.type === 'truncated') throw new Error(`a segment is ${part.type}`);
    }
  return seen;
}

function tally(words, length, base, seen) {
  for (let at = 0; at < length; at += 1 + OPERANDS[kindOf(words[at])]) {
    if (payloadOf(words[at]) === base) continue;
    if (kindOf(words[at]) === Kind.ENTER) seen.began++;
    if (kindOf(words[at]) === Kind.LEAVE) seen.ended++;
    if (kindOf(words[at]) === Kind.VALUE) seen.looks++;
  }
}

const hitsOf = ({ sites, deltas }, base) =>
  deltas.reduce((sum, delta, at) => (sites[at] === base ? sum : sum + delta), 0);

const partsOf = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)));
