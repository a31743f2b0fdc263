/** V8's `.cpuprofile` → nodes and samples. Times count from the earliest profile's beginning. */
import { addTo } from '../../base/groups.ts';
import type { Attribution } from '../attribute.ts';
import {
  type Fields,
  fieldOf,
  integerIn,
  listIn,
  numberIn,
  objectIn,
  parseJson,
  refuse,
  textIn,
  type Where,
  within,
} from './narrow.ts';
import { type ImportFile, type ImportRow, type TextImport, threadRow } from './rows.ts';
import type { Sources } from './sources.ts';

const MAX_NODES = 2_000_000;
const MAX_SAMPLES = 20_000_000;
/** V8's stack holds some ten thousand frames. */
const MAX_DEPTH = 20_000;
const MAX_INT = 2 ** 31 - 1;
/** µs: some thirty years. */
const MAX_MICROS = 1e15;

interface Profile {
  file: ImportFile;
  nodes: Node[];
  startTime: number;
  endTime: number;
  /** Index of the node, and µs of V8's clock; in order of time. */
  samples: { node: number; at: number }[];
}

interface Node {
  name: string;
  url: string;
  /** As V8 counts: from 0; -1: not known. */
  line: number;
  column: number;
  /** Index; -1: the root. Callers come first. */
  parent: number;
}

export const importCpuProfiles: TextImport = (files, sources, attribution) => {
  const profiles = files.map(parseProfile);
  const began = Math.min(...profiles.map(({ startTime }) => startTime));
  const ended = Math.max(...profiles.map(({ endTime }) => endTime));
  const threads: ImportRow<'threads'>[] = [];
  const nodes: ImportRow<'cpu_nodes'>[] = [];
  const samples: ImportRow<'cpu_samples'>[] = [];
  const places = placesOf(profiles);
  for (const [index, profile] of profiles.entries()) {
    const thread = index + 1;
    const { pid, tid } = places[index];
    threads.push(threadRow(thread, pid, tid, profile.file.name, profile.endTime - began));
    for (const [at, node] of profile.nodes.entries())
      nodes.push(nodeRow(thread, at, node, sources, attribution));
    for (const row of sampleRows(thread, profile, began)) samples.push(row);
  }
  return {
    rows: { threads, cpu_nodes: nodes, cpu_samples: samples },
    startedAt: null,
    durationMs: (ended - began) / 1000,
    notes: [],
  };
};

/** Where a thread ran: no two are the same. In containers all processes have the same number; of the second one it is not known, then. */
function placesOf(profiles: readonly Profile[]): ThreadPlace[] {
  const taken = new Set<string>();
  return profiles.map(({ file }, index) => {
    const told = placeIn(file.name);
    if (told === null || taken.has(`${told.pid} ${told.tid}`)) return { pid: 0, tid: index };
    taken.add(`${told.pid} ${told.tid}`);
    return told;
  });
}

interface ThreadPlace {
  pid: number;
  tid: number;
}

/** Node names its files `CPU.<date>.<time>.<pid>.<tid>.<n>.cpuprofile`. */
function placeIn(name: string): ThreadPlace | null {
  const match =
    /^CPU\.\d+\.\d+\.(\d{1,9})\.(\d{1,9})\.\d+\.cpuprofile$/.exec(name) ??
    /^(\d{1,9})-(\d{1,9})\.cpuprofile$/.exec(name);
  return match === null ? null : { pid: Number(match[1]), tid: Number(match[2]) };
}

/** @throws Fault that says where it is not what it should be */
export function parseProfile(file: ImportFile): Profile {
  const top: Where = () => `${file.name}:`;
  const profile = objectIn(parseJson(file.text, top), top);
  const at = (name: string) => within(top, name);
  const startTime = numberIn(fieldOf(profile, 'startTime'), at('startTime'), 0, MAX_MICROS);
  const endTime = numberIn(fieldOf(profile, 'endTime'), at('endTime'), startTime, MAX_MICROS);
  const list = listIn(fieldOf(profile, 'nodes'), at('nodes'), MAX_NODES);
  const { nodes, indexes } = treeOf(list, at('nodes'));
  const samples = samplesOf(profile, top, startTime, indexes);
  return { file, nodes, startTime, endTime: Math.max(endTime, samples.at(-1)?.at ?? 0), samples };
}

/** The tree in an order in which callers come first. Children are told by `children` or by `parent`. */
function treeOf(list: unknown[], where: Where): { nodes: Node[]; indexes: Map<number, number> } {
  const fields = list.map((each, index) => objectIn(each, within(where, index)));
  const byId = new Map<number, number>();
  for (const [index, node] of fields.entries()) {
    const place = within(within(where, index), 'id');
    const id = integerIn(fieldOf(node, 'id'), place, 0, MAX_INT);
    if (byId.has(id)) throw refuse(place, `is ${id}, as is that of another node`);
    byId.set(id, index);
  }
  const { children, roots } = childrenOf(fields, byId, where);
  const nodes: Node[] = [];
  const indexes = new Map<number, number>();
  const open = roots.toReversed().map((index) => ({ index, parent: -1, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { index, parent, depth } = next;
    if (depth > MAX_DEPTH) throw refuse(where, `are more than ${MAX_DEPTH} deep`);
    indexes.set(fieldOf(fields[index], 'id') as number, nodes.length);
    const number = nodes.push(nodeOf(fields[index], parent, within(where, index))) - 1;
    for (const child of (children.get(index) ?? []).toReversed())
      open.push({ index: child, parent: number, depth: depth + 1 });
  }
  if (nodes.length < fields.length) throw refuse(where, 'call each other in a circle');
  return { nodes, indexes };
}

function childrenOf(
  fields: Fields[],
  byId: Map<number, number>,
  where: Where,
): { children: Map<number, number[]>; roots: number[] } {
  const children = new Map<number, number[]>();
  const parents = new Map<number, number>();
  const link = (parent: number, child: number, place: Where): void => {
    if (parents.get(child) === parent) return;
    if (parents.has(child)) throw refuse(place, 'has two callers');
    parents.set(child, parent);
    addTo(children, parent, child);
  };
  const known = (value: unknown, place: Where): number => {
    const index = byId.get(value as number);
    if (index === undefined) throw refuse(place, 'is no id of a node');
    return index;
  };
  for (const [index, node] of fields.entries()) {
    const place = within(where, index);
    const ids = fieldOf(node, 'children');
    if (ids !== undefined)
      for (const [n, id] of listIn(ids, within(place, 'children'), MAX_NODES).entries()) {
        const child = known(id, within(within(place, 'children'), n));
        link(index, child, within(where, child));
      }
    const parent = fieldOf(node, 'parent');
    if (parent !== undefined) link(known(parent, within(place, 'parent')), index, place);
  }
  return { children, roots: fields.flatMap((_, index) => (parents.has(index) ? [] : [index])) };
}

function nodeOf(node: Fields, parent: number, where: Where): Node {
  const place = within(where, 'callFrame');
  const frame = objectIn(fieldOf(node, 'callFrame'), place);
  const position = (name: string): number => {
    const value = fieldOf(frame, name);
    return value === undefined ? -1 : integerIn(value, within(place, name), -1, MAX_INT - 1);
  };
  return {
    name: textIn(fieldOf(frame, 'functionName'), within(place, 'functionName')),
    url: textIn(fieldOf(frame, 'url') ?? '', within(place, 'url'), 1 << 20),
    line: position('lineNumber'),
    column: position('columnNumber'),
    parent,
  };
}

/** V8 tells differences of times, and now and then one is negative: the order of time counts. */
function samplesOf(
  profile: Fields,
  top: Where,
  startTime: number,
  indexes: Map<number, number>,
): Profile['samples'] {
  const where = within(top, 'samples');
  const ids = listIn(fieldOf(profile, 'samples'), where, MAX_SAMPLES);
  const deltasAt = within(top, 'timeDeltas');
  const deltas = listIn(fieldOf(profile, 'timeDeltas'), deltasAt, MAX_SAMPLES);
  if (ids.length !== deltas.length)
    throw refuse(deltasAt, `has ${deltas.length} entries, samples has ${ids.length}`);
  let at = startTime;
  const samples = ids.map((id, index) => {
    const node = indexes.get(id as number);
    if (node === undefined) throw refuse(within(where, index), 'is no id of a node');
    at += numberIn(deltas[index], within(deltasAt, index), -MAX_MICROS, MAX_MICROS);
    return { node, at: Math.min(MAX_MICROS, Math.max(startTime, at)) };
  });
  const isSorted = samples.every((sample, index) => index === 0 || samples[index - 1].at <= sample.at);
  return isSorted ? samples : samples.toSorted((a, b) => a.at - b.at);
}

function nodeRow(
  thread: number,
  index: number,
  node: Node,
  sources: Sources,
  attribution: Attribution,
): ImportRow<'cpu_nodes'> {
  const { name, url, line, column, parent } = node;
  const shared = { thread_id: thread, node_id: index + 1, parent_id: parent < 0 ? null : parent + 1, name };
  if (url === '') return { ...shared, path: null, line: line < 0 ? null : line + 1, ast_node_id: null };
  const path = sources.pathOf(url);
  if (line < 0) return { ...shared, path, line: null, ast_node_id: null };
  const place = { line: line + 1, column: Math.max(0, column) };
  const original = sources.originalOf(path, place) ?? { path, place };
  const found =
    column < 0
      ? attribution.named(original.path, original.place.line, name)
      : attribution.beginningAt(original.path, original.place, name);
  return {
    ...shared,
    path: original.path,
    line: found?.line ?? original.place.line,
    ast_node_id: found?.id ?? null,
  };
}

function* sampleRows(
  thread: number,
  { samples, endTime }: Profile,
  began: number,
): Generator<ImportRow<'cpu_samples'>> {
  for (const [index, { node, at }] of samples.entries()) {
    const until = samples[index + 1]?.at ?? Math.max(at, endTime);
    yield { thread_id: thread, at_us: at - began, weight_us: until - at, node_id: node + 1 };
  }
}
