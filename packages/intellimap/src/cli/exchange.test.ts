/** Export and import as commands, on recordings of a small program: what comes back is what went out. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonSchema } from '../base/shape.ts';
import { Fault } from '../base/fault.ts';
import { COVERAGE, OTLP, PROFILE, TEXTS } from '../exchange/fixtures/documents.ts';
import { missingCalls } from '../exchange/out/source.ts';
import { listRuns, openSession, type RunRow } from '../query/index.ts';
import { RUN_TABLES } from '../schema/index.ts';
import { openStore, storeFile } from '../store/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import type { Call } from './command.ts';
import { exportRun } from './commands/export.ts';
import { importRun } from './commands/import.ts';
import { SCHEMAS } from './shapes/index.ts';
import { runCommand } from './fixtures/terminal.ts';

const ajv = new Ajv2020({ strict: false });
const problems = (schema: JsonSchema, answer: unknown): unknown[] =>
  ajv.validate(schema, answer) ? [] : (ajv.errors ?? []);

let workspace: Workspace;
let other: Workspace;
beforeEach(() => {
  [workspace, other] = [new Workspace(), new Workspace()];
  for (const { root } of [workspace, other]) writeFileSync(join(root, 'package.json'), '{}');
});
afterEach(() => {
  workspace.remove();
  other.remove();
});

const PICTURE = 'a{ b{ n{ }n }b A1{ c{ }c ~1 }a =1<0timeout d{ }d =2<1timeout >1 e{ ^1e v1aE }e }1';
const NOTES = [
  { t: 'error', id: 1, name: 'TypeError', message: "it's ''; DROP TABLE runs; --" },
  { t: 'task', id: 7, kind: 'request', name: 'GET /' },
];

/** A run of two threads; in the second one a request. */
function record(id = '20261121-run'): void {
  const { root } = workspace;
  const facts = { root, cwd: root };
  workspace.run(
    id,
    {
      '7-0': [{ picture: PICTURE, notes: NOTES, end: true }],
      '7-1': [{ picture: 'f{ }f [7 g{ h{ }h }g ]7 .7', notes: NOTES, end: true }],
    },
    facts,
  );
}

async function exported(format: string, values: Call['values'] = {}, run: string[] = []): Promise<string> {
  const out = join(workspace.root, `out-${format}`);
  rmSync(out, { recursive: true, force: true });
  const { stdout } = await runCommand(exportRun, workspace.root, run, { format, out, json: true, ...values });
  expect(problems(SCHEMAS['export'], JSON.parse(stdout))).toEqual([]);
  return out;
}
const textOf = async (format: string, values?: Call['values'], run?: string[]): Promise<string> =>
  readFileSync(await exported(format, values, run), 'utf8');

/** Imports a text, and gives the id of the run. */
async function imported(text: string, values: Call['values'] = {}, { root } = workspace): Promise<string> {
  const file = join(root, 'imported.txt');
  writeFileSync(file, text);
  const { stdout } = await runCommand(importRun, root, [file], { ...values, json: true });
  expect(problems(SCHEMAS['import'], JSON.parse(stdout))).toEqual([]);
  return (JSON.parse(stdout) as { run: string }).run;
}
const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => 'no fault',
    (thrown: unknown) => thrown,
  );
  return error instanceof Fault ? error.message : String(error);
};

async function rowsOf({ root }: Workspace, sql: string): Promise<Record<string, unknown>[]> {
  const store = await openStore(root);
  try {
    return await store.all(sql);
  } finally {
    store.close();
  }
}

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

interface TraceEvent {
  ph: string;
  name: string;
  ts: number;
  pid: number;
  tid: number;
  cat: string;
  id: string;
  args: Record<string, unknown>;
}

/** Slices of B and E as a picture; throws where they do not fit together. */
function slices(events: TraceEvent[]): string[] {
  const stacks = new Map<number, TraceEvent[]>();
  const lines: string[] = [];
  for (const event of events) {
    const stack = stacks.get(event.tid) ?? [];
    stacks.set(event.tid, stack);
    if (event.ph === 'B') {
      lines.push(`${'  '.repeat(stack.length)}${event.name}${event.args['resumed'] === true ? '…' : ''}`);
      stack.push(event);
    } else if (event.ph === 'E') {
      const begin = stack.pop()!;
      expect(begin.name).toBe(event.name);
      expect(event.ts).toBeGreaterThanOrEqual(begin.ts);
    }
  }
  expect([...stacks.values()].flat()).toEqual([]);
  return lines;
}

describe('chrome-trace', () => {
  const events = async (values?: Call['values']): Promise<TraceEvent[]> =>
    (JSON.parse(await textOf('chrome-trace', values)) as { traceEvents: TraceEvent[] }).traceEvents;

  test('calls nest, an async one goes on later, arrows and errors are where they belong', async () => {
    record();
    const all = await events();
    expect(slices(all)).toEqual(['a', '  b', '    n', '  A', '    c', 'd', 'A…', '  e', 'f', 'g', '  h']);
    for (const tid of [0, 1]) {
      const times = all.filter((each) => each.tid === tid && 'BE'.includes(each.ph)).map(({ ts }) => ts);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    const flows = all.filter(({ ph }) => ph === 's' || ph === 'f');
    expect(flows.map(({ ph, id }) => `${ph} ${id}`)).toEqual(['s 0x1000000', 'f 0x1000000']);
    expect(all.filter(({ ph }) => ph === 'i').map(({ name, args }) => [name, args['message']])).toEqual([
      ['TypeError', "it's ''; DROP TABLE runs; --"],
    ]);
    const pairs = all.filter(({ ph }) => ph === 'b' || ph === 'e');
    expect(
      pairs
        .filter(({ ph }) => ph === 'b')
        .map(({ cat, id }) => `${cat} ${id}`)
        .toSorted(),
    ).toEqual(
      pairs
        .filter(({ ph }) => ph === 'e')
        .map(({ cat, id }) => `${cat} ${id}`)
        .toSorted(),
    );
    expect(pairs.map(({ name }) => name)).toContain('request GET /');
    expect(all.filter(({ ph, name }) => ph === 'M' && name === 'thread_name').map(({ tid }) => tid)).toEqual([
      0, 1,
    ]);
  });

  test('an arrow whose beginning is not there takes no other one with it', async () => {
    const facts = { root: workspace.root, cwd: workspace.root };
    workspace.run(
      '20261121-links',
      { '7-0': [{ picture: 'a{ }a =1<0timeout b{ }b =2<1timeout c{ }c =3<2timeout', end: true }] },
      facts,
    );
    const arrows = async (values: Call['values']) =>
      (await events(values))
        .filter(({ ph }) => ph === 's' || ph === 'f')
        .map(({ ph, id }) => `${ph} ${id.slice(-1)}`);
    expect(await arrows({})).toEqual(['s 0', 's 1', 'f 0', 'f 1']);
    expect(await arrows({ from: '0.025' })).toEqual(['s 1', 'f 1']);
  });

  test('parts of a run', async () => {
    record();
    const names = async (values: Call['values']) => slices(await events(values));
    expect(await names({ thread: '2' })).toEqual(['f', 'g', '  h']);
    expect(await names({ task: '2:2' })).toEqual(['g', '  h']);
    expect(await names({ function: 'A' })).toEqual(['A', '  c', 'A…', '  e']);
    expect(await names({ function: 'b' })).toEqual(['b', '  n']);
    expect(await names({ thread: '1', to: '0.02' })).toEqual(['a', '  b', '    n']);
    expect(await names({ thread: '1', from: '0.13' })).toEqual(['A', 'A…', '  e']);
    expect(await faultOf(events({ task: '1' }))).toBe('2 threads have a task 1');
    expect(await faultOf(events({ task: '99' }))).toContain('no call belongs to a task "99"');
    expect(await faultOf(events({ task: 'x' }))).toContain('--task takes the number of a task');
    expect(await faultOf(events({ function: 'nobody' }))).toContain('has no function "nobody"');
    expect(await faultOf(events({ from: '5', to: '3' }))).toBe('--from 5 is after --to 3');
  });
});

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  events?: { name: string }[];
}
const spansOf = (text: string): OtlpSpan[] =>
  text
    .trim()
    .split('\n')
    .flatMap((line) =>
      (JSON.parse(line) as typeof OTLP).resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans as OtlpSpan[]),
      ),
    );

describe('otlp', () => {
  test('tasks are traces, calls are spans below their callers, and two exports are the same', async () => {
    record();
    const text = await textOf('otlp');
    const spans = spansOf(text);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    expect(byId.size).toBe(spans.length);
    const path = (span: OtlpSpan): string => {
      const parent = span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId)!;
      if (parent !== undefined) expect(parent.traceId).toBe(span.traceId);
      return parent === undefined ? span.name : `${path(parent)} > ${span.name}`;
    };
    expect(spans.map(path)).toEqual([
      'main a',
      'main a > a',
      'main a > a > b',
      'main a > a > b > n',
      'main a > a > A',
      'main a > a > A > c',
      'main a > d',
      'main a > a > A > e',
      'callback f',
      'callback f > f',
      'request GET /',
      'request GET / > g',
      'request GET / > g > h',
    ]);
    for (const span of spans) {
      expect(span.traceId).toMatch(/^[\da-f]{32}$/);
      expect(span.spanId).toMatch(/^[\da-f]{16}$/);
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
    }
    expect(
      spans.filter(({ events }) => events !== undefined).map(({ name, events }) => [name, events![0].name]),
    ).toEqual([['main a', 'exception']]);
    expect(await textOf('otlp')).toBe(text);
  });

  test('import, export, import: the same spans, with their functions', async () => {
    record();
    const first = await imported(await textOf('otlp'));
    const again = await textOf('otlp', {}, [first]);
    const second = await imported(again);
    const rows = (run: string) =>
      rowsOf(
        workspace,
        `SELECT * EXCLUDE (run_id) FROM spans WHERE run_id = '${run}' ORDER BY start_us, span_id`,
      );
    expect(await rows(second)).toEqual(await rows(first));
    expect(await textOf('otlp', {}, [second])).toBe(again);
    const known = await rowsOf(
      workspace,
      `SELECT count(ast_node_id) AS known, count(*) AS spans FROM spans WHERE run_id = '${first}'`,
    );
    expect(known).toEqual([{ known: 10, spans: 13 }]);
  });
});

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
