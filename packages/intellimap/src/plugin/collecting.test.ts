import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { COLLECT_PATH } from '@intellimap/probe/wire';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchOf, session, type Workspace, workspace } from '../collect/fixtures/page.ts';
import { collectAtPort, collectorUrl } from './collecting.ts';
import { DevRun } from './dev-run.ts';

const SECRET = 'correct horse battery staple';
let place: Workspace;
beforeEach(() => {
  process.env['SHOP_PASSWORD'] = SECRET;
  place = workspace('build');
});
afterEach(() => {
  delete process.env['SHOP_PASSWORD'];
  place.remove();
});

/** Whatever is in the runs of the workspace. */
const written = (): string =>
  (readdirSync(join(place.root, '.intellimap/runs'), { recursive: true }) as string[])
    .map((name) => join(place.root, '.intellimap/runs', name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');

async function send(): Promise<void> {
  const note = { t: 'uncaught', name: 'Error', message: `refused: ${SECRET}`, stack: '', micros: 1 };
  const body = batchOf({ session: session(1), seq: 1, at: 0, notes: [note], end: 1 }, []);
  const { status } = await fetch(collectorUrl(place.root) + COLLECT_PATH, {
    method: 'POST',
    body: Buffer.from(body),
  });
  expect(status).toBe(200);
}

test('secrets of this machine that a page of a build tells are not written down', async () => {
  const end = await collectAtPort(new DevRun(place.root, { include: [], exclude: [], redact: [] }));
  await send();
  end();
  expect(written()).toContain('refused: ');
  expect(written()).not.toContain(SECRET);
});
