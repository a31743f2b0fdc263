import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SEGMENT_BYTES, VERSION } from '@intellimap/probe/wire';
import { PageSegments } from './page-segments.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'intellimap-segments-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const HEADER = {
  version: VERSION, pid: 1, ppid: 0, tid: 0, name: '', argv: [], execPath: '', node: '', tier: '',
  startMicros: 0, startEpochMs: 0,
}; // prettier-ignore

/** A file for each batch. */
function filesOf(batches: number): void {
  const segments = new PageSegments(folder);
  segments.header = HEADER;
  for (let seq = 1; seq <= batches; seq++) {
    segments.begin();
    segments.commit(seq);
    segments.writer.bytes = SEGMENT_BYTES;
  }
  segments.close();
}

test('a file that is damaged stays for readers, as nothing was cut off from it', () => {
  filesOf(2);
  const first = join(folder, '000001.seg');
  const { size } = statSync(first);
  writeFileSync(first, Buffer.alloc(size));
  expect(new PageSegments(folder).seq).toBe(2);
  expect(readdirSync(folder)).toEqual(['000001.seg', '000002.seg']);
  expect(statSync(first).size).toBe(size);
});
