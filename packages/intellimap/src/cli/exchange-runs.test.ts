/** Runs that are made of imports, and what export and import refuse. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TEXTS } from '../exchange/fixtures/documents.ts';
import { missingCalls } from '../exchange/out/source.ts';
import { listRuns, openSession, type RunRow } from '../query/index.ts';
import { storeFile } from '../store/index.ts';
import { exportRun } from './commands/export.ts';
import { importRun } from './commands/import.ts';
import { faultOf, imported, record, rowsOf, textOf, workspace } from './fixtures/exchange.ts';
import { runCommand } from './fixtures/terminal.ts';
import type { Call } from './command.ts';

describe('runs of imports', () => {
  test('are never meant by themselves while there are recordings', async () => {
    const lone = await imported(TEXTS.lcov, { name: 'theirs' });
    let session = await openSession(workspace.root);
    expect([session.run.id, session.run.tier]).toEqual([lone, 'minimal']);
    session.close();
    record('20201121-old');
    session = await openSession(workspace.root);
    expect(session.run.id).toBe('20201121-old');
    expect((await listRuns(session.db)).map(({ command }) => command.join(' ')).toSorted()).toEqual([
      'import theirs',
      'node app.js',
    ]);
    session.close();
  });

  test('are made anew with the database', async () => {
    const run = await imported(TEXTS.otlp);
    const spans = await rowsOf(workspace, 'SELECT * FROM spans ORDER BY rowid');
    rmSync(storeFile(workspace.root));
    (await openSession(workspace.root, { run })).close();
    expect(await rowsOf(workspace, 'SELECT * FROM spans ORDER BY rowid')).toEqual(spans);
  });

  test('rows that somebody changed are refused with their line', async () => {
    const run = await imported(TEXTS.lcov);
    const file = join(workspace.runDir(run), 'imported', 'coverage.ndjson');
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const [line, problem] of [
      ['{', 'it is no JSON'],
      [lines[1].replace(/"line":\d+/, '"line":1e99'), '"line" is no INTEGER'],
      [lines[1].replace('"function"', '"x"'), '"kind" is no ENUM'],
      [lines[1].replace('"path"', '"paths"'), '"path" is no VARCHAR'],
    ]) {
      rmSync(storeFile(workspace.root), { force: true });
      writeFileSync(file, [lines[0], line, ...lines.slice(2)].join('\n'));
      expect(await faultOf(openSession(workspace.root, { run }))).toBe(
        `${file}, line 2 is damaged: ${problem}`,
      );
    }
  });

  test('what a killed import left goes with the next one', async () => {
    const stale = join(workspace.root, '.intellimap', 'importing', '999999999-20261121-x', 'imported');
    mkdirSync(stale, { recursive: true });
    await imported(TEXTS.lcov);
    expect(existsSync(join(workspace.root, '.intellimap', 'importing'))).toBe(false);
  });

  test('texts with NUL and SQL in them are texts', async () => {
    const name = "a\0b'; DROP TABLE runs; --";
    const run = await imported(TEXTS.cpuprofile.replace('"total"', JSON.stringify(name)), { name });
    expect(
      await rowsOf(workspace, `SELECT name FROM cpu_nodes WHERE run_id = '${run}' AND node_id = 3`),
    ).toEqual([{ name: "a\ufffdb'; DROP TABLE runs; --" }]);
    JSON.parse(await textOf('chrome-trace', {}, [run]));
  });
});

describe('what cannot be done is said', () => {
  test.each([
    [[], {}, 'there is nothing to import'],
    [['gone.json'], {}, 'gone.json: it does not exist'],
    [['package.json'], {}, 'package.json is of no format that is known'],
    [['package.json'], { format: 'x' }, 'there is no format "x"'],
    [
      ['package.json'],
      { format: 'cpuprofile' },
      'package.json: startTime is no number from 0 to 1000000000000000, but missing',
    ],
    [['empty'], {}, 'holds nothing that could be imported'],
    [['empty'], { format: 'parquet' }, 'export.json: it does not exist'],
  ])('import %j %j', async (names, values, message) => {
    mkdirSync(join(workspace.root, 'empty'));
    const problem = await faultOf(runCommand(importRun, workspace.root, names, values));
    expect(problem).toContain(message);
    expect(existsSync(join(workspace.root, '.intellimap'))).toBe(false);
  });
  test('folders of files of one format', async () => {
    record();
    const folder = join(workspace.root, 'profiles');
    mkdirSync(folder);
    writeFileSync(join(folder, 'CPU.20261122.033740.41.0.001.cpuprofile'), TEXTS.cpuprofile);
    writeFileSync(join(folder, 'CPU.20261122.033740.41.2.002.cpuprofile'), TEXTS.cpuprofile);
    const { stdout } = await runCommand(importRun, workspace.root, [folder]);
    expect(stdout).toContain('cpuprofile: 2 rows of threads, 10 rows of cpu_nodes, 6 rows of cpu_samples');
    expect(
      await rowsOf(workspace, "SELECT thread_id, pid, tid FROM threads WHERE name LIKE 'CPU%' ORDER BY 1"),
    ).toEqual([
      { thread_id: 1, pid: 41, tid: 0 },
      { thread_id: 2, pid: 41, tid: 2 },
    ]);
    writeFileSync(join(folder, 'lcov.info'), TEXTS.lcov);
    expect(await faultOf(runCommand(importRun, workspace.root, [folder]))).toBe(
      'the files are of different formats: cpuprofile, lcov',
    );
  });
  test('export', async () => {
    record();
    workspace.run(
      '20261122-min',
      { '7-0': [{ counts: [[1, 5]], end: true }] },
      { tier: 'minimal', startedAt: 1_800_000_000_000 },
    );
    const exporting = (values: Call['values'], run: string[] = []) =>
      faultOf(runCommand(exportRun, workspace.root, run, values));
    expect(await exporting({})).toBe('there is no --format');
    expect(await exporting({ format: 'svg' })).toBe('there is no format "svg"');
    expect(await exporting({ format: 'speedscope' })).toContain(
      'run 20261122-min (tier minimal) has nothing for speedscope',
    );
    expect(await exporting({ format: 'otlp' })).toContain('it is made of calls (tier performance) or spans');
    expect(await exporting({ format: 'lcov', from: '1' })).toContain('is of a whole run');
    expect(await exporting({ format: 'lcov', out: workspace.root })).toContain('is a folder');
    expect(await exporting({ format: 'lcov', out: join(workspace.root, 'package.json/x') })).toContain(
      'cannot write',
    );
    expect(readdirSync(workspace.root).filter((name) => name.includes('tmp'))).toEqual([]);
  });
  test('calls without a row', () => {
    const run = { calls_total: 12, calls_kept: 10, calls_min_us: 3, calls_rule: 'long or special' } as RunRow;
    expect(missingCalls(run)).toBe(
      '2 of 12 calls have no row: those of 3 µs or less, but roots, async and throwing calls with their callers are there',
    );
    expect(missingCalls({ ...run, calls_rule: 'long' })).toContain('and special ones');
    expect(missingCalls({ ...run, calls_total: 10 })).toBe(null);
  });
});
