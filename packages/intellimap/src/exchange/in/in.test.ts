import { describe, expect, test } from 'vitest';
import { attribution, COVERAGE, LCOV, OTLP, PROFILE, sources, TEXTS } from '../fixtures/documents.ts';
import { fault, formats, read } from '../fixtures/reading.ts';
import { formatOf, parseManifest, TEXT_IMPORTS } from './index.ts';

describe('what is in them', () => {
  test('.cpuprofile', () => {
    const { rows, durationMs } = read('cpuprofile', TEXTS.cpuprofile);
    expect(durationMs).toBe(0.6);
    expect(
      rows.cpu_nodes!.map((row) => [
        row.node_id,
        row.parent_id,
        row.name,
        row.path,
        row.line,
        row.ast_node_id,
      ]),
    ).toEqual([
      [1, null, '(root)', null, null, null],
      [2, 1, '', 'src/cart.js', 1, 'ts:src/cart.js#'],
      [3, 2, 'total', 'src/cart.js', 1, 'ts:src/cart.js#total'],
      [4, 3, '', 'src/cart.js', 2, 'ts:src/cart.js#total/map'],
      [5, 1, 'readFile', 'node:fs', 81, null],
    ]);
    expect(rows.cpu_samples).toEqual([
      { thread_id: 1, at_us: 100, weight_us: 150, node_id: 2 },
      { thread_id: 1, at_us: 250, weight_us: 200, node_id: 3 },
      { thread_id: 1, at_us: 450, weight_us: 150, node_id: 4 },
    ]);
  });
  test('.cpuprofile: each has a thread of its own, also where names tell the same or none', () => {
    const names = ['CPU.20260101.120000.1.0.001.cpuprofile', 'CPU.20260101.130000.1.0.001.cpuprofile', 'a.cpuprofile', '7-2.cpuprofile']; // prettier-ignore
    const files = names.map((name) => ({ name, text: TEXTS.cpuprofile }));
    const { rows } = TEXT_IMPORTS.cpuprofile(files, sources(), attribution());
    expect(rows.threads!.map(({ pid, tid }) => `${pid}-${tid}`)).toEqual(['1-0', '0-1', '0-2', '7-2']);
  });
  test('.cpuprofile: samples in the order of time, nodes by `parent`', () => {
    const nodes = PROFILE.nodes.map(({ id, callFrame }) => ({
      id,
      callFrame,
      ...(id > 1 && { parent: id === 5 ? 1 : id - 1 }),
    }));
    const { rows } = read('cpuprofile', JSON.stringify({ ...PROFILE, nodes, timeDeltas: [100, 350, -200] }));
    expect(rows.cpu_samples!.map(({ at_us, weight_us, node_id }) => [at_us, weight_us, node_id])).toEqual([
      [100, 150, 2],
      [250, 200, 4],
      [450, 150, 3],
    ]);
    expect(rows.cpu_nodes!.map(({ parent_id }) => parent_id)).toEqual([null, 1, 2, 3, 1]);
  });
  test('coverage of V8, of two processes', () => {
    const { rows } = read('v8-coverage', TEXTS['v8-coverage'], TEXTS['v8-coverage']);
    expect(
      rows.coverage!.map((row) => [
        row.kind,
        row.name,
        `${row.line}:${row.column}-${row.end_line}:${row.end_column}`,
        row.count,
        row.ast_node_id,
      ]),
    ).toEqual([
      ['function', null, '1:0-5:0', 2, 'ts:src/cart.js#'],
      ['function', 'total', '1:0-3:1', 2, 'ts:src/cart.js#total'],
      ['block', 'total', '2:1-2:17', 0, 'ts:src/cart.js#total'],
      ['function', null, '2:18-2:28', 0, 'ts:src/cart.js#total/map'],
    ]);
  });
  test('coverage of a text that is not here, or shorter, is left out with a word', () => {
    const { rows, notes } = read('v8-coverage', TEXTS['v8-coverage'].replaceAll('cart.js', 'gone.js'));
    expect(rows.coverage).toEqual([]);
    expect(notes[0]).toContain('src/gone.js');
    const longer = TEXTS['v8-coverage'].replaceAll('"endOffset":55', '"endOffset":5555');
    expect(read('v8-coverage', longer).rows.coverage!.map(({ name }) => name)).toEqual([null, null]);
  });
  test('lcov', () => {
    const { rows } = read('lcov', LCOV, LCOV);
    expect(
      rows.coverage!.map((row) => [row.kind, row.name, row.line, row.end_line, row.count, row.ast_node_id]),
    ).toEqual([
      ['function', 'total', 1, 3, 6, 'ts:src/cart.js#total'],
      ['function', '(anonymous_1)', 2, 2, 0, 'ts:src/cart.js#total/map'],
      ['line', null, 1, 1, 2, null],
      ['line', null, 2, 2, 6, null],
      ['branch', null, 2, 2, 6, null],
      ['branch', null, 2, 2, 0, null],
    ]);
  });
  test('lcov 2: lines and names of functions apart', () => {
    const { rows } = read('lcov', 'SF:src/cart.js\r\nFNL:0,1,3\r\nFNA:0,4,total\r\nend_of_record\r\n');
    expect(rows.coverage).toMatchObject([{ name: 'total', line: 1, end_line: 3, count: 4 }]);
  });
  test('OTLP, as a request and as lines', () => {
    const { rows, startedAt, durationMs } = read('otlp', TEXTS.otlp);
    expect([startedAt, durationMs]).toEqual([1_700_000_000_000, 5.0005]);
    expect(rows.spans).toEqual([
      {
        trace_id: '5b8efff798038103d269b633813fc60c',
        span_id: 'eee19b7ec3c1b173',
        parent_span_id: null,
        name: 'GET /',
        kind: 'server',
        service: 'shop',
        start_us: 0,
        end_us: 5000.5,
        status: 'error',
        status_message: 'no cart',
        attributes: '{"http.route":"/","n":3,"share":0.5}',
        ast_node_id: null,
        events: '[{"name":"exception","after_us":250,"attributes":{"exception.type":"TypeError"}}]',
        links:
          '[{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","attributes":{}}]',
      },
      {
        trace_id: '5b8efff798038103d269b633813fc60c',
        span_id: 'eee19b7ec3c1b174',
        parent_span_id: 'eee19b7ec3c1b173',
        name: 'total',
        kind: 'unspecified',
        service: 'shop',
        start_us: 1024,
        end_us: 2000,
        status: 'unset',
        status_message: null,
        attributes:
          '{"code.function.name":"total","code.file.path":"/srv/build/src/cart.js","code.line.number":1,"tags":["a",true]}',
        ast_node_id: 'ts:src/cart.js#total',
        events: null,
        links: null,
      },
    ]);
    expect(read('otlp', `${TEXTS.otlp}\n${TEXTS.otlp}\n`).rows.spans).toHaveLength(4);
    // Files of collectors hold requests of other signals between them.
    expect(read('otlp', `${TEXTS.otlp}\n{"resourceLogs":[]}\n`).rows.spans).toHaveLength(2);
  });
});

describe('which format it is', () => {
  test.each(formats)('%s', (format) => {
    expect(formatOf([{ name: 'x', text: TEXTS[format] }])).toBe(format);
  });
  test('none, two, different ones', () => {
    const named = (...texts: string[]) => fault(() => formatOf(texts.map((text) => ({ name: 'x', text }))));
    expect(named('hello')).toBe('x is of no format that is known');
    expect(named(JSON.stringify({ ...PROFILE, ...OTLP }))).toBe('x may be cpuprofile or otlp');
    expect(named(TEXTS.otlp, LCOV)).toBe('the files are of different formats: otlp, lcov');
  });
});

describe('what is wrong is said, with its place', () => {
  const broken = (change: (copy: typeof PROFILE) => void) => {
    const copy = structuredClone(PROFILE);
    change(copy);
    return fault(() => read('cpuprofile', JSON.stringify(copy)));
  };
  test('.cpuprofile', () => {
    expect(broken((copy) => Object.assign(copy.nodes[2].callFrame, { lineNumber: 'x' }))).toBe(
      'file1: nodes[2].callFrame.lineNumber is no whole number, but "x"',
    );
    expect(broken((copy) => void (copy.nodes[3].id = 1))).toBe(
      'file1: nodes[3].id is 1, as is that of another node',
    );
    expect(broken((copy) => void copy.nodes[1].children!.push(5))).toBe('file1: nodes[4] has two callers');
    expect(broken((copy) => void (copy.nodes[0].children = []))).toBe('no fault');
    expect(broken((copy) => Object.assign(copy.nodes[3], { children: [2] }))).toBe(
      'file1: nodes[1] has two callers',
    );
    expect(broken((copy) => void (copy.samples[1] = 99))).toBe('file1: samples[1] is no id of a node');
    expect(broken((copy) => void copy.samples.pop())).toBe('file1: timeDeltas has 3 entries, samples has 2');
  });
  test('a circle, and a tree that is too deep', () => {
    expect(
      broken((copy) => {
        copy.nodes[0].children = [5];
        Object.assign(copy.nodes[3], { children: [2] });
      }),
    ).toBe('file1: nodes call each other in a circle');
    const nodes = Array.from({ length: 30_000 }, (_, id) => ({
      ...PROFILE.nodes[1],
      id,
      children: id < 29_999 ? [id + 1] : [],
    }));
    expect(fault(() => read('cpuprofile', JSON.stringify({ ...PROFILE, nodes })))).toBe(
      'file1: nodes are more than 20000 deep',
    );
  });
  test('others', () => {
    expect(fault(() => read('lcov', 'SF:a\nDA:1,x\n'))).toBe('file1, line 2 is no line: DA:<line>,<count>');
    expect(fault(() => read('lcov', 'DA:1,1\n'))).toContain('there is no SF before DA');
    expect(fault(() => read('lcov', 'SF:a\nDA:1,99999999999999999999\n'))).toContain('too large');
    expect(fault(() => read('lcov', 'SF:a\nFNDA:1,f\n'))).toContain('no FN tells: "f"');
    expect(fault(() => read('otlp', TEXTS.otlp.replace('eee19b7ec3c1b173', 'xyz')))).toBe(
      'file1: resourceSpans[0].scopeSpans[0].spans[0].spanId is no id of 16 hex digits',
    );
    expect(
      fault(() => read('otlp', TEXTS.otlp.replace('"1700000000000000000"', '"99999999999999999999"'))),
    ).toContain('startTimeUnixNano is no time');
    expect(
      fault(() => read('v8-coverage', JSON.stringify(COVERAGE).replace('"count":0', '"count":1e99'))),
    ).toContain('count is no number from 0');
    const deep = '{"arrayValue":{"values":['.repeat(50) + '{}' + ']}}'.repeat(50);
    expect(fault(() => read('otlp', TEXTS.otlp.replace('{"stringValue":"/"}', deep)))).toContain(
      'nested more than 32 deep',
    );
    expect(fault(() => read('otlp', `{"resourceSpans":${'['.repeat(100_000)}`))).toContain(
      'file1: is no JSON',
    );
  });
});

test('the manifest of Parquet names no other file or folder', () => {
  const manifest = (change: object, table: object = {}) =>
    JSON.stringify({
      format: 'intellimap-parquet',
      version: 1,
      schema: 6,
      run: { id: '20261121-x', startedAt: 1, command: ['node'] },
      tables: [
        { table: 'calls', file: 'calls.parquet', rows: 1, bytes: 1, sha256: 'a'.repeat(64), ...table },
      ],
      ...change,
    });
  expect(parseManifest(manifest({}), 'x').run.id).toBe('20261121-x');
  for (const id of ['../x', 'a/b', '.', '', 'x'.repeat(99), 'a\0', '..'])
    expect(fault(() => parseManifest(manifest({ run: { id, startedAt: 1, command: [] } }), 'x'))).toBe(
      'x: run.id is no id of a run',
    );
  expect(fault(() => parseManifest(manifest({}, { file: '../calls.parquet' }), 'x'))).toContain(
    'is not calls.parquet',
  );
  expect(
    fault(() =>
      parseManifest(manifest({}, { table: 'schema_version', file: 'schema_version.parquet' }), 'x'),
    ),
  ).toContain('is no table');
  expect(fault(() => parseManifest(manifest({ schema: 99 }), 'x'))).toContain(
    'written by a newer IntelliMap',
  );
});
