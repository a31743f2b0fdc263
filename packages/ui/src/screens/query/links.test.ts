import { expect, test } from 'vitest';
import { linkOf } from './links.ts';

/** Links of the cells of a row, told as `{column: value}`. */
function links(row: Record<string, string | number | null>): Record<string, unknown> {
  const columns = Object.keys(row);
  const found = columns.map((name, at) => [name, linkOf(columns, Object.values(row), at)] as const);
  return Object.fromEntries(found.filter(([, link]) => link !== null));
}
const place = (at: object): object => ({ kind: 'place', place: at });

test('a function by its id, its name, its path', () => {
  const all = { function: 'ts:src/a.ts#f', path: 'src/a.ts', line: 3 };
  expect(links({ ast_node_id: 'ts:src/a.ts#f', name: 'f', path: 'src/a.ts', line: 3, hits: 9 })).toEqual({
    ast_node_id: place(all),
    name: place(all),
    path: place(all),
  });
});

test('both ends of an edge, each with its own line', () => {
  const found = links({ src: 'ts:a.ts#f', dst: 'ts:b.ts#g', dst_path: 'b.ts', dst_line: 7 });
  expect(found['dst_path']).toEqual(place({ path: 'b.ts', line: 7, function: 'ts:b.ts#g' }));
  expect(Object.keys(found)).toEqual(['src', 'dst', 'dst_path']);
});

test('times and calls', () => {
  expect(links({ thread_id: 2, call_id: 7, start_us: 1500, self_us: 3 })).toEqual({
    call_id: place({ call: '2.7', thread: 2, t: 1500 }),
    start_us: place({ t: 1500, thread: 2, call: '2.7' }),
  });
});

test('runs', () => {
  expect(links({ run_id: '2026-x' })).toEqual({ run_id: { kind: 'run', run: '2026-x' } });
  expect(links({ id: '2026-x', tier: 'minimal' })).toEqual({ id: { kind: 'run', run: '2026-x' } });
});

test('nothing, names of tasks, plain numbers lead nowhere', () => {
  expect(links({ run_id: null, name: 'GET /', count: 4, id: 'x' })).toEqual({});
});
