import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SAME, session } from './fixtures/page.ts';
import { Sessions } from './sessions.ts';

let runDir: string;
beforeEach(() => void (runDir = mkdtempSync(join(tmpdir(), 'intellimap-sessions-'))));
afterEach(() => rmSync(runDir, { recursive: true }));

const speaker = (parent?: string) => ({
  hello: { build: 'b', kind: 'page', url: '', agent: '', origin: 0, clock: SAME, parent },
  isLate: false,
});

test('two collectors that write to one run share no process, whoever of a page speaks first', () => {
  const [one, other] = [new Sessions(runDir), new Sessions(runDir)];
  expect(one.begin(session(2), speaker(session(1)))).toMatchObject({ pid: 10_000_001, tid: 1 });
  expect(other.begin(session(3), speaker())).toMatchObject({ pid: 10_000_002, tid: 0 });
  expect(one.begin(session(1), speaker())).toMatchObject({ pid: 10_000_001, tid: 0 });
});

test('the next collector knows them, and counts on', () => {
  const before = new Sessions(runDir);
  before.begin(session(2), speaker(session(1)));
  const after = new Sessions(runDir);
  expect(after.get(session(2))).toMatchObject({ pid: 10_000_001, tid: 1, isLate: false });
  expect(after.begin(session(4), speaker(session(1)))).toMatchObject({ pid: 10_000_001, tid: 2 });
  expect(after.begin(session(1), speaker())).toMatchObject({ pid: 10_000_001, tid: 0 });
});
