/** What a run folder holds, for who asks what was redacted in it, and what was not. Reads all segments. I/O: the folder. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSegment } from '@intellimap/probe/wire';
import { jsonIn } from '../base/is-record.ts';
import { sum } from '../base/numbers.ts';
import { addCounts, countsIn, REDACTED_FILE, type RuleCounts } from '../base/redaction-counts.ts';
import { wholeLines } from '../store/whole-lines.ts';

/** A kind of data, how much there is of it, and where it lies. */
export interface RecordedKind {
  kind: string;
  /** Relative to the run folder. */
  path: string;
  files: number;
  bytes: number;
}

export interface RecordedTexts {
  /** Of all threads, and of what was imported: rule → where → how often. */
  counts: RuleCounts;
  /** Notes by kind: errors, requests, tasks, … */
  notes: Record<string, number>;
  /** Texts of values. */
  valueBytes: number;
  kinds: RecordedKind[];
}

/** Told each text that a file holds, and where; of JSON the strings in it. */
export type TextVisitor = (text: string, where: string) => void;

/** @param visit absent: nobody looks at the texts, and files that hold nothing else are not read */
export async function readRecordedTexts(folder: string, visit?: TextVisitor): Promise<RecordedTexts> {
  const found: RecordedTexts = { counts: {}, notes: {}, valueBytes: 0, kinds: [] };
  for (const name of listed(folder)) {
    const files = filesOf(join(folder, name));
    const bytes = sum(files.map((file) => statSync(file).size));
    found.kinds.push({ kind: KINDS[name] ?? 'others', path: name, files: files.length, bytes });
    if (name === REDACTED_FILE)
      for (const file of files) addCounts(found.counts, countsIn(jsonIn(readFileSync(file, 'utf8'))));
    if (visit !== undefined) for (const file of files) await visitFile(file, (text) => visit(text, name));
  }
  for (const thread of listed(join(folder, 'threads')))
    readThread(join(folder, 'threads', thread), found, visit ?? (() => {}));
  return found;
}

/** Rows of an import are read one by one: together they may be longer than a text can be. */
async function visitFile(file: string, told: (text: string) => void): Promise<void> {
  if (file.endsWith('.ndjson')) for await (const line of wholeLines(file)) jsonStrings(line, told);
  else if (/\.(?:json|cpuprofile)$/.test(file)) jsonStrings(readFileSync(file, 'utf8'), told);
}

/** What lies in a run folder, by name. */
const KINDS: Record<string, string> = {
  'run.json': 'the command, its folder, settings, versions, git commit',
  threads: 'calls, times, errors, tasks, requests and values of threads',
  modules: 'files that ran, and what they imported',
  sites: 'names and places of functions',
  texts: 'where instrumented text differs from the source',
  v8: 'CPU profiles, coverage, heaps as V8 measured them',
  imported: 'what was imported, or OpenTelemetry told',
  [REDACTED_FILE]: 'how often which rule was right there',
  held: 'flight recorders that nobody kept',
};

function readThread(folder: string, found: RecordedTexts, visit: TextVisitor): void {
  let last: RuleCounts = {};
  for (const file of listed(folder).filter((name) => name.endsWith('.seg')))
    for (const part of readSegment(readFileSync(join(folder, file)))) {
      if (part.type === 'header') {
        // Another thread of an earlier process that had the same number.
        if (part.header.segment === 1) addCounts(found.counts, last);
        if (part.header.segment === 1) last = {};
        for (const text of [part.header.name, ...part.header.argv]) visit(text, 'threads');
      } else if (part.type === 'values') {
        found.valueBytes += part.values.bytes.length;
        jsonStrings(new TextDecoder().decode(part.values.bytes), (text) => visit(text, 'values'));
      } else if (part.type === 'note') {
        if (part.note.t === 'redacted') last = countsIn((part.note as { counts?: unknown }).counts);
        else {
          found.notes[part.note.t] = (found.notes[part.note.t] ?? 0) + 1;
          jsonStrings(JSON.stringify(part.note), (text) => visit(text, `notes: ${part.note.t}`));
        }
      }
    }
  addCounts(found.counts, last);
}

/** The strings of a JSON text, or of several, one after the other. */
export function jsonStrings(text: string, told: (text: string) => void): void {
  for (const [literal] of text.matchAll(/"(?:[^"\\\n]|\\.)*"/g)) {
    try {
      told(JSON.parse(literal) as string);
    } catch {
      told(literal);
    }
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
