/** Stacks and counts: what goes out comes back. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COVERAGE, PROFILE, TEXTS } from '../exchange/fixtures/documents.ts';
import {
  exported,
  faultOf,
  imported,
  record,
  rowsOf,
  slices,
  textOf,
  workspace,
  type TraceEvent,
} from './fixtures/exchange.ts';

describe('stacks', () => {
  test('speedscope: openings and closings fit, for each thread', async () => {
    record();
    const { profiles, shared } = JSON.parse(await textOf('speedscope')) as {
      profiles: {
        name: string;
        startValue: number;
        endValue: number;
        events: { type: string; frame: number; at: number }[];
      }[];
      shared: { frames: { name: string; file: string }[] };
    };
    expect(profiles.map(({ name }) => name)).toEqual(['7-0 main', '7-1 main']);
    for (const { events, startValue, endValue } of profiles) {
      const open: number[] = [];
      for (const { type, frame, at } of events) {
        expect(at >= startValue && at <= endValue).toBe(true);
        if (type === 'O') open.push(frame);
        else expect(open.pop()).toBe(frame);
      }
      expect(open).toEqual([]);
    }
    expect(shared.frames.find(({ name }) => name === 'n')?.file).toBe('src/b.ts');
  });

  test('collapsed: all the time that calls took themselves', async () => {
    record();
    const lines = (await textOf('collapsed')).trim().split('\n');
    const [{ self }] = await rowsOf(workspace, 'SELECT sum(self_us) AS self FROM calls');
    expect(lines.map((line) => Number(/ (\d+)$/.exec(line)![1])).reduce((a, b) => a + b, 0)).toBe(self);
    expect(lines[0]).toMatch(/^a \(src\/a\.ts:10\) \d+$/);
    expect(lines.some((line) => line.startsWith('a (src/a.ts:10);A (src/b.ts:270);e (src/a.ts:50) '))).toBe(
      true,
    );
  });

  test('cpuprofile of calls: one for each thread, as long as the calls were', async () => {
    record();
    const folder = await exported('cpuprofile');
    expect(readdirSync(folder).toSorted()).toEqual(['7-0.cpuprofile', '7-1.cpuprofile']);
    const profile = JSON.parse(readFileSync(join(folder, '7-1.cpuprofile'), 'utf8')) as typeof PROFILE;
    const times = new Map<string, number>();
    for (const [index, node] of profile.samples.entries()) {
      const { functionName } = profile.nodes.find(({ id }) => id === node)!.callFrame;
      times.set(functionName, (times.get(functionName) ?? 0) + (profile.timeDeltas[index + 1] ?? 0));
    }
    const rows = await rowsOf(
      workspace,
      'SELECT name, self_us FROM calls JOIN functions USING (run_id, function_id) WHERE thread_id = 2',
    );
    for (const { name, self_us: self } of rows) expect([name, times.get(String(name))]).toEqual([name, self]);
    expect(await faultOf(exported('cpuprofile', { out: '-', json: false }))).toContain(
      'a .cpuprofile is of one',
    );
  });

  test('cpuprofile: import, export, import: the same nodes and samples', async () => {
    record();
    const calls = await exported('cpuprofile', { thread: '1' });
    const rows = async (run: string) => [
      await rowsOf(
        workspace,
        `SELECT * EXCLUDE (run_id) FROM cpu_nodes WHERE run_id = '${run}' ORDER BY node_id`,
      ),
      await rowsOf(
        workspace,
        `SELECT * EXCLUDE (run_id) FROM cpu_samples WHERE run_id = '${run}' ORDER BY rowid`,
      ),
    ];
    for (const text of [TEXTS.cpuprofile, readFileSync(calls, 'utf8')]) {
      const first = await imported(text);
      const out = await textOf('cpuprofile', {}, [first]);
      const second = await imported(out);
      expect(await rows(second)).toEqual(await rows(first));
      const plain = (profile: string, id: string) => profile.replace(`"run":"${id}"`, '');
      expect(plain(await textOf('cpuprofile', {}, [second]), second)).toBe(plain(out, first));
      expect(await textOf('collapsed', {}, [first])).toBe(await textOf('collapsed', {}, [second]));
      expect(
        slices(
          (JSON.parse(await textOf('chrome-trace', {}, [first])) as { traceEvents: TraceEvent[] })
            .traceEvents,
        ).length,
      ).toBeGreaterThan(2);
    }
    const functions = await rowsOf(
      workspace,
      "SELECT name, ast_node_id FROM cpu_nodes WHERE name IN ('b', 'n') ORDER BY run_id, name LIMIT 2",
    );
    expect(functions).toEqual([
      { name: 'b', ast_node_id: 'ts:src/a.ts#b' },
      { name: 'n', ast_node_id: 'ts:src/b.ts#n' },
    ]);
  });
});

describe('lcov', () => {
  test('counts of functions; import, export, import: the same', async () => {
    record();
    const text = await textOf('lcov');
    expect(text).toContain(`SF:${workspace.root}/src/a.ts\n`);
    expect(text).toContain('FN:20,b\n');
    expect(text).toContain('FNDA:1,b\n');
    expect(text).toContain('FNDA:0,k\n');
    const withLines = text.replace('end_of_record', 'DA:10,1\nDA:20,0\nend_of_record');
    const first = await imported(withLines);
    const again = await textOf('lcov', {}, [first]);
    expect(again).toContain('DA:10,1\nDA:20,0\nLF:2\nLH:1\n');
    const second = await imported(again);
    expect(await textOf('lcov', {}, [second])).toBe(again);
    const known = await rowsOf(
      workspace,
      `SELECT count(*) AS n FROM coverage WHERE run_id = '${first}' AND kind = 'function' AND ast_node_id IS NULL`,
    );
    expect(known).toEqual([{ n: 0 }]);
  });
  test('lines of V8 ranges', async () => {
    mkdirSync(join(workspace.root, 'src'));
    const text = 'function total(cart) {\n  if (cart) {\n    return 1;\n  }\n  return 2;\n}\ntotal(1);\n';
    writeFileSync(join(workspace.root, 'src/cart.js'), text);
    const url = `file://${workspace.root}/src/cart.js`;
    const ranges = [
      { startOffset: 0, endOffset: text.indexOf('total(1') - 1, count: 3 },
      { startOffset: text.indexOf('{\n    '), endOffset: text.indexOf('\n  return'), count: 1 },
    ];
    const coverage = {
      result: [
        {
          ...COVERAGE.result[0],
          url,
          functions: [
            { functionName: '', ranges: [{ startOffset: 0, endOffset: text.length, count: 1 }] },
            { functionName: 'total', ranges },
          ],
        },
      ],
    };
    const run = await imported(JSON.stringify(coverage));
    expect((await textOf('lcov', {}, [run])).match(/^DA:.*/gm)).toEqual([
      'DA:1,3',
      'DA:2,3',
      'DA:3,1',
      'DA:4,3',
      'DA:5,3',
      'DA:6,1',
      'DA:7,1',
    ]);
  });
});
