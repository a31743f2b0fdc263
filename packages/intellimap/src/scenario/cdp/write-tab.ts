/** What was measured of a tab → a thread of the run, and files as those of other threads that V8 measures. I/O: the run folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redaction } from '@intellimap/probe/core';
import type { Note } from '@intellimap/probe/wire';
import { FIRST_TAB } from '../../base/recording.ts';
import { replaceFile } from '../../store/replace-file.ts';
import { machineMicros } from '../../record/run-file.ts';
import { ToldThread } from '../marks.ts';
import type { Measure, Measured } from './measure.ts';
import type { Scripts } from './scripts.ts';
import type { SourceSites } from './source-sites.ts';
import { tracedProfile, tracedScript, tracedStack } from './traced.ts';

export interface MeasuredTab {
  /** That it showed last. */
  url: string;
  agent: string;
  began: number;
  /** µs between two CPU samples. */
  interval: number | undefined;
  measure: Measure;
  snapshots: Buffer[];
  heap: Measured | undefined;
  notes: Note[];
  redaction: Redaction;
  scripts: Pick<Scripts, 'of' | 'at'>;
  sites: SourceSites;
}

/** @throws the file system's error */
export function writeTab(runDir: string, tab: MeasuredTab): void {
  const { url, agent, began, interval, measure, snapshots, heap, notes, redaction } = tab;
  const { told, clock } = measure;
  const isMeasured = told.cpu !== undefined || told.coverage !== undefined || heap !== undefined;
  if (!isMeasured && notes.length === 0) return;
  const name = `page ${pathOf(url)}`;
  const thread = new ToldThread(runDir, {
    from: FIRST_TAB,
    kind: 'page',
    name,
    url,
    agent,
    clock: clock.shift,
    redaction,
    began,
  });
  for (const note of notes) thread.note(placed(note, tab));
  thread.end(machineMicros());
  if (!isMeasured) return;
  const { pid } = thread;
  const folder = join(runDir, 'v8', `${pid}-0`);
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of filesOf(tab)) writeFileSync(join(folder, file), content);
  for (const [index, bytes] of snapshots.entries())
    writeFileSync(join(folder, `heap-${index + 1}.heapsnapshot`), bytes);
  const facts = {
    version: 1,
    pid,
    tid: 0,
    name,
    startMicros: began,
    interval,
    hasEnded: true,
    ...told,
    heap,
  };
  // Last: without it, nothing of the folder counts.
  replaceFile(join(folder, 'thread.json'), JSON.stringify(facts));
}

/** Errors say where in the source they come from. */
function placed(note: Note, { scripts, sites }: MeasuredTab): Note {
  const { t, stack } = note as Note & { stack?: unknown };
  return t === 'uncaught' && typeof stack === 'string'
    ? { ...note, stack: tracedStack(stack, scripts.at, sites) }
    : note;
}

function* filesOf({ measure, scripts, sites }: MeasuredTab): Generator<[string, string]> {
  for (const [index, part] of measure.coverage.entries()) {
    const result = part.flatMap((script) => {
      const text = scripts.of(script.scriptId);
      return text === undefined ? [] : tracedScript(script, text, sites);
    });
    yield [partName('coverage', index + 1, 'json'), JSON.stringify({ result })];
  }
  const { shift } = measure.clock.shift;
  for (const [index, profile] of measure.profiles.entries()) {
    const { startTime, endTime, ...traced } = tracedProfile(profile, scripts.of, sites);
    const moved = { ...traced, startTime: startTime + shift, endTime: endTime + shift };
    yield [partName('profile', index + 1, 'cpuprofile'), JSON.stringify(moved)];
  }
}

const partName = (name: string, part: number, extension: string): string =>
  `${name}-${String(part).padStart(6, '0')}.${extension}`;

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
}
