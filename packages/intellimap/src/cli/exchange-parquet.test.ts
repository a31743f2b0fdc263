/** A run as Parquet: another workspace has the same tables. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSession } from '../query/index.ts';
import { RUN_TABLES } from '../schema/index.ts';
import { storeFile } from '../store/index.ts';
import { type Workspace } from '../store/fixtures/workspace.ts';
import { exportRun } from './commands/export.ts';
import { importRun } from './commands/import.ts';
import { exported, faultOf, other, record, rowsOf, workspace } from './fixtures/exchange.ts';
import { runCommand } from './fixtures/terminal.ts';

describe('parquet', () => {
  const tablesOf = async (place: Workspace): Promise<Record<string, unknown>> => {
    const tables: Record<string, unknown> = {};
    // What the database itself notes about a run is not of the run.
    for (const table of RUN_TABLES)
      tables[table] = await rowsOf(
        place,
        `SELECT * ${table === 'runs' ? 'EXCLUDE (loaded_state, imported)' : ''} FROM ${table} ORDER BY rowid`,
      );
    return tables;
  };

  test('another workspace has the same tables, row by row, and has them again when its database is made anew', async () => {
    record();
    const folder = await exported('parquet');
    const before = await tablesOf(workspace);
    expect(Object.values(before).filter((rows) => (rows as []).length > 0).length).toBeGreaterThan(10);
    await runCommand(importRun, other.root, [folder], { name: 'theirs' });
    expect(await tablesOf(other)).toEqual(before);
    expect(await rowsOf(other, 'SELECT imported FROM runs')).toEqual([
      { imported: '{"format":"parquet","from":"out-parquet","name":"theirs"}' },
    ]);
    rmSync(storeFile(other.root));
    (await openSession(other.root)).close();
    expect(await tablesOf(other)).toEqual(before);
    expect(await faultOf(runCommand(importRun, other.root, [folder]))).toBe(
      'run 20261121-run is here already',
    );
  });

  test('folders with names that are patterns to DuckDB', async () => {
    record();
    const folder = await exported('parquet');
    // The second one is a pattern that the first one matches, as is the file within it; the last names a column.
    for (const name of ['rx', 'r*', "a[b]'c", 'kind=1']) {
      const root = join(other.root, name);
      mkdirSync(root);
      writeFileSync(join(root, 'package.json'), '{}');
      await runCommand(importRun, root, [folder]);
      const session = await openSession(root);
      const [{ calls, tasks }] = await session.db.all(
        'SELECT (SELECT count(*) FROM calls) AS calls, (SELECT count(*) FROM tasks WHERE kind = $kind) AS tasks',
        { kind: 'request' },
      );
      expect([calls, tasks]).toEqual([10, 1]);
      session.close();
    }
  });

  test('what is damaged is refused, and nothing stays', async () => {
    record();
    const folder = await exported('parquet');
    const calls = join(folder, 'calls.parquet');
    const bytes = readFileSync(calls);
    const refused = async (): Promise<string> => {
      const message = await faultOf(runCommand(importRun, other.root, [folder]));
      expect(
        existsSync(join(other.root, '.intellimap', 'runs'))
          ? readdirSync(join(other.root, '.intellimap', 'runs'))
          : [],
      ).toEqual([]);
      expect(existsSync(join(other.root, '.intellimap', 'importing'))).toBe(false);
      return message;
    };
    writeFileSync(calls, bytes.fill(7, 100, 120));
    expect(await refused()).toContain('its SHA-256 is another');
    // With a hash that fits.
    const manifest = JSON.parse(readFileSync(join(folder, 'export.json'), 'utf8')) as {
      tables: { table: string; sha256: string }[];
    };
    const put = (content: string | Uint8Array): void => {
      writeFileSync(calls, content);
      const entry = manifest.tables.find(({ table }) => table === 'calls')!;
      entry.sha256 = createHash('sha256').update(readFileSync(calls)).digest('hex');
      writeFileSync(join(folder, 'export.json'), JSON.stringify(manifest));
    };
    put('no Parquet at all');
    expect(await refused()).toContain('calls.parquet');
    put(readFileSync(join(folder, 'tasks.parquet')));
    expect(await refused()).toContain('has no column "call_id"');
    renameSync(calls, `${calls}.gone`);
    expect(await refused()).toContain('it does not exist');
  });

  test('is of a whole run, and not written over anything', async () => {
    record();
    const folder = await exported('parquet');
    const again = runCommand(exportRun, workspace.root, [], { format: 'parquet', out: folder });
    expect(await faultOf(again)).toContain('exists');
    expect(await faultOf(exported('parquet', { from: '1' }))).toContain('is of a whole run');
    expect(await faultOf(exported('parquet', { out: '-', json: false }))).toContain('stdout is none');
  });
});
