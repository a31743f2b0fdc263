import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLLECT_PATH } from '@intellimap/probe/wire';
import { expect, test } from 'vitest';
import { batchOf, session, workspace } from '../collect/fixtures/page.ts';
import { collectorFile } from '../collect/index.ts';
import { collectFor } from './collector.ts';

const SECRET = 'correct horse battery staple';

test('secrets of this machine that a page of a build tells are not written down', async () => {
  const place = workspace('build');
  process.env['SHOP_PASSWORD'] = SECRET;
  try {
    const file = { root: place.root, startedAt: Date.now() };
    const collector = await collectFor(file as never, place.runDir);
    const note = { t: 'uncaught', name: 'Error', message: `refused: ${SECRET}`, stack: '', micros: 1 };
    const body = batchOf({ session: session(1), seq: 1, at: 0, notes: [note], end: 1 }, []);
    const url = `http://127.0.0.1:${collectorFile(place.root).port}${COLLECT_PATH}`;
    const { status } = await fetch(url, { method: 'POST', body: Buffer.from(body) });
    expect(status).toBe(200);
    await collector?.close();
    const threads = join(place.runDir, 'threads');
    const [thread] = readdirSync(threads);
    const written = readFileSync(join(threads, thread, '000001.seg'), 'latin1');
    expect(written).toContain('refused: ');
    expect(written).not.toContain(SECRET);
  } finally {
    delete process.env['SHOP_PASSWORD'];
    place.remove();
  }
});
