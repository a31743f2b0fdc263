import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { PROBE_KEY } from '@intellimap/probe/wire';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageSettings } from './page-settings.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-pages-')));
  writeFileSync(
    join(root, 'intellimap.config.mjs'),
    "export default { record: { include: ['node_modules/lib'], exclude: ['src/old/**'], redact: ['iban'] } };",
  );
});
afterEach(() => {
  setEnvironmentData(PROBE_KEY, undefined);
  rmSync(root, { recursive: true });
});

test('the configuration of the workspace holds, where nobody says otherwise', async () => {
  expect(await pageSettings(root, {})).toEqual({
    include: ['node_modules/lib'],
    exclude: ['src/old/**'],
    redact: ['iban'],
  });
  expect(await pageSettings(root, { exclude: [] })).toMatchObject({
    include: ['node_modules/lib'],
    exclude: [],
  });
});

test('within intellimap run, what that was told holds', async () => {
  writeFileSync(join(root, 'run.json'), JSON.stringify({ include: ['node_modules/other'], exclude: [] }));
  setEnvironmentData(PROBE_KEY, { runDir: root, redaction: { names: ['pin'] } });
  expect(await pageSettings(root, {})).toEqual({
    include: ['node_modules/other'],
    exclude: [],
    redact: ['pin'],
  });
});

test('what is wrong is said in one message', async () => {
  await expect(pageSettings(root, { include: ['src/{a'] })).rejects.toThrow('intellimap: "src/{a" has an');
  writeFileSync(join(root, 'intellimap.config.mjs'), "export default { record: { exclude: 'src/old/**' } };");
  await expect(pageSettings(root, {})).rejects.toThrow(/record\.exclude.*an array of strings.*\n.*docs\//);
});
