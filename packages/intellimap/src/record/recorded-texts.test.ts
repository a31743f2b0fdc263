import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Note, SegmentWriter, VERSION } from '@intellimap/probe/wire';
import { readRecordedTexts } from './recorded-texts.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'intellimap-texts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const HEADER = {
  version: VERSION, pid: 7, ppid: 0, tid: 0, name: 'main', argv: ['app.js'], execPath: '', node: '', tier: '',
  startMicros: 0, startEpochMs: 0,
}; // prettier-ignore

function thread(name: string, ...segments: Note[][]): void {
  mkdirSync(join(folder, 'threads', name), { recursive: true });
  for (const [index, notes] of segments.entries()) {
    const parts: Uint8Array[] = [];
    const writer = new SegmentWriter((bytes) => parts.push(bytes.slice()));
    writer.begin({ ...HEADER, segment: index + 1 });
    for (const note of notes) writer.note(note);
    writeFileSync(join(folder, 'threads', name, `00000${index + 1}.seg`), Buffer.concat(parts));
  }
}

test('each text of a run is shown, and where it lies', async () => {
  writeFileSync(join(folder, 'run.json'), '{"command":["node","app.js"],"version":1}');
  mkdirSync(join(folder, 'imported'));
  writeFileSync(join(folder, 'imported', 'spans.ndjson'), '{"name":"a \\"b\\""}\n{"name":"c\u2028d"}\n');
  thread('7-0', [{ t: 'uncaught', message: 'no cart' }]);
  const seen: string[] = [];
  await readRecordedTexts(folder, (text, where) => seen.push(`${where}: ${text}`));
  expect(seen).toEqual(
    expect.arrayContaining([
      'run.json: app.js',
      'imported: a "b"',
      'imported: c\u2028d',
      'threads: app.js',
      'notes: uncaught: no cart',
    ]),
  );
});

test('the last counts of each thread are added up', async () => {
  const redacted = (count: number): Note => ({ t: 'redacted', counts: { jwt: { error: count } } });
  thread('7-0', [redacted(1)], [redacted(3)]);
  thread('8-0', [redacted(2), { t: 'redacted', counts: { jwt: { error: 'x' } } }]);
  thread('9-0', [redacted(4)]);
  const { counts, notes, kinds } = await readRecordedTexts(folder);
  expect(counts).toEqual({ jwt: { error: 7 } });
  expect(notes).toEqual({});
  expect(kinds).toMatchObject([{ path: 'threads', files: 4 }]);
});
