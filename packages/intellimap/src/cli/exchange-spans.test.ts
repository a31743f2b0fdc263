/** Calls as events of a trace, and as spans. */
import { describe, expect, test } from 'vitest';
import { OTLP } from '../exchange/fixtures/documents.ts';
import {
  faultOf,
  imported,
  record,
  rowsOf,
  slices,
  textOf,
  workspace,
  type TraceEvent,
} from './fixtures/exchange.ts';
import type { Call } from './command.ts';

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
    // A page says what its browser calls itself instead.
    expect(text).toContain('{"key":"process.runtime.name","value":{"stringValue":"nodejs"}}');
    expect(text).not.toContain('user_agent');
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

  test('events and links go out as they came in', async () => {
    const [told] = OTLP.resourceSpans[0].scopeSpans[0].spans;
    const [back] = spansOf(await textOf('otlp', {}, [await imported(JSON.stringify(OTLP))]));
    expect(back).toMatchObject({ events: told.events, links: told.links });
  });
});
