import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { afterAll, expect, test } from 'vitest';
import { readHeapFile } from './heap-file.ts';
import { HeapGraph } from './heap-graph.ts';
import { heapSummary } from './heap-summary.ts';

const folder = mkdtempSync(join(tmpdir(), 'intellimap-heap-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];

/**
 * A heap from lines `Class number size: what it holds`; the first one is the root. A `~` makes a reference a weak one.
 *
 *     root 0 0: Cart1 Cart2
 *     Cart 1 10: List3
 */
function heapOf(...lines: string[]): HeapGraph {
  const objects = lines.map((line) => {
    const [, name, number, size, held] = /^(\S+) (\d+) (\d+):(.*)$/.exec(line)!;
    return { name, number, size: Number(size), held: held.trim().split(' ').filter(Boolean) };
  });
  const strings = [...new Set(objects.flatMap(({ name, held }) => [name, ...held]))];
  const nodes = objects.flatMap(({ name, size, held }) => [
    0,
    strings.indexOf(name),
    0,
    size,
    held.length,
    0,
    0,
  ]);
  const edges = objects.flatMap(({ held }) =>
    held.flatMap((text) => {
      const to = objects.findIndex(({ name, number }) => text.replace('~', '') === name + number);
      return [text.startsWith('~') ? 1 : 0, strings.indexOf(text), to * NODE_FIELDS.length];
    }),
  );
  return new HeapGraph({
    nodeFields: NODE_FIELDS,
    nodeTypes: ['object'],
    edgeTypes: ['property', 'weak'],
    nodes: Uint32Array.from(nodes),
    edges: Uint32Array.from(edges),
    locations: new Uint32Array(),
    strings,
  });
}

/** `2 Cart 20 (60)`: objects, their bytes, what they hold */
const told = (...lines: string[]): string[] =>
  heapSummary(heapOf(...lines))
    .constructors.map(
      ({ objects, name, selfBytes, retainedBytes }) => `${objects} ${name} ${selfBytes} (${retainedBytes})`,
    )
    .toSorted();

test('an object holds what only it leads to', () => {
  expect(
    told('root 0 0: Cart1', 'Cart 1 10: List2', 'List 2 5: Line3 Line4', 'Line 3 1:', 'Line 4 2:'),
  ).toEqual(['1 Cart 10 (18)', '1 List 5 (8)', '1 root 0 (18)', '2 Line 3 (3)']);
});

test('what two lead to belongs to none of them, but to who holds both', () => {
  expect(
    told('root 0 0: Shop1', 'Shop 1 1: A2 B3', 'A 2 10: Stock4', 'B 3 20: Stock4', 'Stock 4 100:'),
  ).toEqual(['1 A 10 (10)', '1 B 20 (20)', '1 Shop 1 (131)', '1 Stock 100 (100)', '1 root 0 (131)']);
});

test('in a ring each is held by the first; of one constructor the outermost counts', () => {
  expect(
    told('root 0 0: Node1', 'Node 1 1: Node2', 'Node 2 1: Node3', 'Node 3 1: Node1 Data4', 'Data 4 7:'),
  ).toEqual(['1 Data 7 (7)', '1 root 0 (10)', '3 Node 3 (10)']);
});

test('who comes in through a back door is found: the walk goes on until nothing changes', () => {
  // 4 → 2 is seen after 2 was given to 1.
  expect(told('root 0 0: A1 D4', 'A 1 1: B2', 'B 2 1: C3', 'C 3 1: D4', 'D 4 1: B2')).toEqual([
    '1 A 1 (1)',
    '1 B 1 (2)',
    '1 C 1 (1)',
    '1 D 1 (1)',
    '1 root 0 (4)',
  ]);
});

test('weak references hold nothing, and what nothing holds is not there', () => {
  expect(told('root 0 0: Map1', 'Map 1 1: ~Key2', 'Key 2 50:')).toEqual(['1 Map 1 (1)', '1 root 0 (1)']);
});

test('a shortest path to an object says what holds it', () => {
  const { constructors } = heapSummary(
    heapOf(
      'root 0 0: Global1',
      'Global 1 1: Cache2 Way3',
      'Cache 2 1: Session5',
      'Way 3 1: Way4',
      'Way 4 1: Session5',
      'Session 5 9:',
    ),
  );
  expect(constructors.find(({ name }) => name === 'Session')?.heldBy).toBe(
    'Global.Cache2 → Cache.Session5 → Session',
  );
});

test('a snapshot of V8: objects of a class, what holds them, and where the class is', () => {
  class Parcel {
    data = Array.from({ length: 1000 }, () => 'x');
  }
  const held = { parcels: Array.from({ length: 50 }, () => new Parcel()) };
  (globalThis as { heldHere?: unknown }).heldHere = held;
  const file = writeHeapSnapshot(join(folder, 'a.heapsnapshot'));
  delete (globalThis as { heldHere?: unknown }).heldHere;
  const { constructors } = heapSummary(new HeapGraph(readHeapFile(file)));
  const parcel = constructors.find(({ name }) => name === 'Parcel')!;
  expect(parcel).toMatchObject({
    objects: 50,
    script: expect.stringContaining('heap-summary.test.ts') as string,
  });
  expect(parcel.retainedBytes).toBeGreaterThan(50 * 8000);
  expect(parcel.heldBy).toMatch(/parcels.*Parcel$/);
});

test('a file that is none, or is cut off, is refused', () => {
  const file = join(folder, 'b.heapsnapshot');
  writeFileSync(file, '{"snapshot":{}');
  expect(() => readHeapFile(file)).toThrow(/nodes/);
});
