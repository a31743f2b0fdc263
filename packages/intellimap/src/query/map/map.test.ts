/** What the map says of pictures of runs, and of the text beside them. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { surveyWorkspace } from '../../graph/index.ts';
import { EDGE_CHANGES, EDGE_KINDS, type MapFacts, State } from '../../layout/index.ts';
import { Workspace } from '../../store/fixtures/workspace.ts';
import { mapFacts, mapPicture, openSession, type Session } from '../index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const NOTES = [{ t: 'error', id: 1, name: 'TypeError', message: 'no cart' }];

function run(id: string, picture: string, startedAt = 1_790_000_000_000): void {
  workspace.run(id, { '7-0': [{ picture, notes: NOTES, end: true }] }, { startedAt });
}

async function ask<T>(question: (session: Session) => Promise<T>, withText = false): Promise<T> {
  const { root } = workspace;
  const session = await openSession(root, withText ? { sources: async (known) => surveyWorkspace(root, known) } : {});
  try {
    return await question(session);
  } finally {
    session.close();
  }
} // prettier-ignore

const bits = (state: number): string[] =>
  Object.entries(State).flatMap(([name, bit]) => ((state & bit) === 0 ? [] : [name.toLowerCase()]));

/** Functions that have something to tell, as `name calls errors: state`. */
function functions({ functions: { name, metrics, before, state } }: MapFacts): string[] {
  return name.flatMap((each, n) => {
    const [now, was] = [metrics.calls![n], before.calls?.[n] ?? 0];
    return now > 0 || was > 0 ? [`${each} ${now} ${metrics.errors![n]}: ${bits(state[n]).join(' ')}`] : [];
  });
}

const modules = ({ modules: { path, ran, count, state, signatures } }: MapFacts): string[] =>
  path.map((each, n) => `${each} ${ran[n]}/${count[n]} ${signatures[n]}: ${bits(state[n]).join(' ')}`);

const edges = ({ modules: { path }, edges: { src, dst, kind, change, calls, hot } }: MapFacts): string[] =>
  [...src].map((from, n) => `${path[from]} → ${path[dst[n]]} ${EDGE_KINDS[kind[n]]} ${EDGE_CHANGES[change[n]]} ${calls[n]}${hot[n] === 1 ? ' hot' : ''}`); // prettier-ignore

describe('a run', () => {
  const PICTURE = 'a{ b{ n{ }n o{ }o }b b{ n{ ^1n !n !b }a';

  test('modules, their functions in the order of the source, errors, edges', async () => {
    run('r1', PICTURE);
    const facts = await ask(mapFacts);
    // src/c.ts could not be parsed: nobody looked at what of it ran.
    expect(modules(facts)).toEqual(['src/a.ts 1/12 0: ran', 'src/b.ts 2/39 1: ran', 'src/c.ts 0/0 0: unknown']);
    expect(functions(facts)).toEqual(['b 2 0: ran', 'n 2 1: ran', 'o 1 0: ran']);
    expect([...facts.functions.line.subarray(0, 4)]).toEqual([20, 30, 40, 50]);
    expect(edges(facts)).toEqual(['src/a.ts → src/b.ts calls same 3', 'src/b.ts → src/a.ts import same 0']);
    expect(facts.processes).toEqual([{ pid: 7, name: 'main', kind: 'main', threads: 1, calls: 6 }]);
  }); // prettier-ignore

  test('the heaviest chain, and the edges that it goes along', async () => {
    run('r1', 'a{ b{ n{ c{ o{ }o o{ }o o{ }o o{ }o o{ }o o{ }o }c }n }b }a');
    const facts = await ask(mapFacts);
    const names = facts.hotPaths[0].functions.map((n) => facts.functions.name[n]);
    expect(names).toEqual(['b', 'n', 'c']);
    expect(edges(facts)).toEqual([
      'src/a.ts → src/b.ts calls same 7 hot',
      'src/b.ts → src/a.ts calls same 1 hot',
    ]);
  });

  test('an import that names what nobody called is not used', async () => {
    run('r1', 'a{ n{ }n }a');
    expect(edges(await ask(mapFacts))).toEqual([
      'src/a.ts → src/b.ts calls same 1',
      'src/b.ts → src/a.ts unused same 0',
    ]);
  });

  test('numbers of modules are sums, of total time the most, of coverage the mean', async () => {
    run('r1', PICTURE);
    const { modules, functions } = await ask(mapFacts);
    const of = (column: Float64Array, module: number): number[] => [
      ...column.subarray(modules.first[module], modules.first[module] + modules.count[module]),
    ];
    const sum = (all: number[]): number => all.reduce((a, b) => a + b, 0);
    expect(modules.metrics.calls![1]).toBe(3);
    // The body of src/a.ts is no cell, but took time.
    expect(modules.metrics.self![0]).toBeGreaterThan(sum(of(functions.metrics.self!, 0)));
    expect(modules.metrics.self![1]).toBeCloseTo(sum(of(functions.metrics.self!, 1)));
    expect(modules.metrics.total![1]).toBe(Math.max(...of(functions.metrics.total!, 1)));
    expect(modules.metrics.coverage![1]).toBeCloseTo(2 / 39);
  });

  test('a run that takes no times has none, and no hot path', async () => {
    workspace.run('r1', { '7-0': [{ counts: [[2, 5]], end: true }] }, { tier: 'minimal' });
    const facts = await ask(mapFacts);
    expect(Object.keys(facts.functions.metrics)).toEqual(['calls', 'errors', 'coverage']);
    expect(Object.keys(facts.heat)).toEqual(['calls', 'coverage']);
    expect(functions(facts)).toEqual(['b 5 0: ran']);
    expect(facts.hotPaths).toEqual([]);
  });
});

test('files that no run loaded stand there from the text, with their imports; tests and settings do not', async () => {
  run('r1', 'a{ b{ }b }a');
  writeFileSync(join(workspace.root, 'package.json'), '{"name":"shop"}');
  writeFileSync(join(workspace.root, 'soap.ts'), 'import { x } from "./xml.ts";\nexport function post() { x(); }\nexport function get() {}\n');
  writeFileSync(join(workspace.root, 'xml.ts'), 'export const x = () => process.env.FEATURE_XML ? 1 : 2;\n');
  writeFileSync(join(workspace.root, 'soap.test.ts'), 'export function check() {}\n');
  const facts = await ask(mapFacts, true);
  expect(modules(facts)).toEqual(['soap.ts 0/2 0: not_loaded', 'src/a.ts 1/12 0: ran', 'src/b.ts 0/39 0: ', 'src/c.ts 0/0 0: unknown', 'xml.ts 0/1 0: not_loaded']);
  expect(edges(facts)).toContain('soap.ts → xml.ts import same 0');
  expect(facts.packages).toEqual([{ folder: '', name: 'shop' }]);
  expect(facts.modules.metrics.flags![4]).toBe(1);
  expect(facts.functions.metrics.calls![0]).toBeNaN();
}); // prettier-ignore

test('runs together: sums, and what none of them called', async () => {
  run('older', 'a{ b{ n{ ^1n !n !b }a', 1_770_000_000_000);
  run('old', 'a{ b{ n{ }n }b c{ }c }a', 1_780_000_000_000);
  run('new', 'a{ b{ }b d{ }d }a');
  const facts = await ask((session) => mapFacts(session, undefined, 'all'));
  expect(facts.runs).toBe(3);
  expect(functions(facts)).toEqual(['b 3 0: ran', 'c 1 0: ran', 'd 1 0: ran', 'n 2 1: ran']);
  expect(edges(facts)).toContain('src/a.ts → src/b.ts calls same 2');
  const [one, three] = [await ask(mapFacts), facts].map(({ functions: { metrics } }) => metrics.total!.reduce((a, b) => a + (b || 0), 0));
  expect(three).toBeGreaterThan(one);
  await expect(ask((session) => mapFacts(session, 'old', 'all'))).rejects.toThrow(/not compared/);
}); // prettier-ignore

test('runs together: those after it, and of another command, are left out', async () => {
  workspace.run('other', { '7-0': [{ picture: 'a{ c{ }c }a', end: true }] }, { startedAt: 1_770_000_000_000, command: ['node', 'other.js'] });
  run('old', 'a{ b{ }b }a', 1_780_000_000_000);
  run('new', 'a{ d{ }d }a');
  const of = async (id: string, over: 'command' | 'all'): Promise<string[]> => {
    const session = await openSession(workspace.root, { run: id });
    try {
      return functions(await mapFacts(session, undefined, over));
    } finally {
      session.close();
    }
  };
  expect(await of('new', 'command')).toEqual(['b 1 0: ran', 'd 1 0: ran']);
  expect(await of('new', 'all')).toEqual(['b 1 0: ran', 'c 1 0: ran', 'd 1 0: ran']);
  expect(await of('old', 'all')).toEqual(['b 1 0: ran', 'c 1 0: ran']);
}); // prettier-ignore

test('compared with another run: what only one of them called, and edges that came or went', async () => {
  run('old', 'a{ b{ n{ }n }b c{ }c }a', 1_780_000_000_000);
  run('new', 'a{ b{ }b d{ }d }a');
  const facts = await ask((session) => mapFacts(session, 'old'));
  expect(facts.other).toBe('old');
  expect(functions(facts)).toEqual(['b 1 0: ran', 'c 0 0: removed', 'd 1 0: ran added', 'n 0 0: removed']);
  expect(edges(facts)[0]).toBe('src/a.ts → src/b.ts calls removed 0');
  expect(facts.edges.callsBefore[0]).toBe(1);
  await expect(ask((session) => mapFacts(session, 'none'))).rejects.toThrow(/there is no run/);
});

describe('the picture', () => {
  const layoutFile = (): string => join(workspace.root, '.intellimap', 'layout.json');

  test('is kept, so that another run has its files at the same places', async () => {
    run('r1', 'a{ b{ n{ }n }b }a');
    const first = await ask(mapPicture);
    expect(existsSync(layoutFile())).toBe(true);
    run('r2', 'n{ b{ }b }n n{ b{ }b }n', 1_790_000_100_000);
    const second = await ask(mapPicture);
    expect(second.facts.run).toBe('r2');
    expect(second.layout.cards).toEqual(first.layout.cards);
    // Without what is kept, calls go the other way, and so do the cards.
    rmSync(layoutFile());
    expect((await ask(mapPicture)).layout.cards).not.toEqual(first.layout.cards);
  });

  test('a file that is none of ours is written anew; no draft stays', async () => {
    run('r1', 'a{ b{ n{ }n }b }a');
    const { layout } = await ask(mapPicture);
    const text = readFileSync(layoutFile(), 'utf8');
    writeFileSync(layoutFile(), '{"version":1,"columns":[[{"folder":"src"');
    expect((await ask(mapPicture)).layout).toEqual(layout);
    expect(readFileSync(layoutFile(), 'utf8')).toBe(text);
    expect(readdirSync(join(workspace.root, '.intellimap')).filter((name) => name.endsWith('.tmp'))).toEqual(
      [],
    );
  });
});
