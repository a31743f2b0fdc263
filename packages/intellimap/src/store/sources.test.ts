/** The tables about the text: brought up to date file by file, the same whichever run is shown. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RowOf } from '../schema/index.ts';
import { refresh } from './load.ts';
import { openReading } from './reading.ts';
import type { SourceRows, SourceSurvey } from './sources.ts';
import { Workspace } from './fixtures/workspace.ts';

let workspace: Workspace;
beforeEach(() => (workspace = new Workspace()));
afterEach(() => workspace.remove());

const fileRow = (path: string, modified_at = 1): SourceSurvey['files'][number] => ({
  path, package: '', role: 'source', entry: null, content_hash: 'c0ffee', bytes: 1, modified_at, lines: 1, problem: null, surveyed_by: 1,
}); // prettier-ignore

/** A file with a function of each name, the first of which imports `./b.js`. */
function rows(path: string, names: string[]): SourceRows {
  const functions = names.map((name) => ({
    ast_node_id: `ts:${path}#${name}`, path, name, kind: 'method', parent: null, line: 1, end_line: 1, hash: null, off: null, member_of: null, member_name: name,
  })); // prettier-ignore
  const imports = [
    {
      path,
      line: 1,
      specifier: './b.js',
      kind: 'import',
      names: '[]',
      type_only: false,
      unreferenced: '[]',
      target: null,
      package_name: null,
    },
  ];
  return {
    functions,
    imports,
    holders: [],
    references: [],
    exports: [],
    flagReads: [],
    flagSides: [],
    calls: JSON.stringify(path),
  };
}

const site = (path: string): RowOf<'call_sites'> => ({
  src: `ts:${path}#`, path, line: 1, column: 0, form: 'call', via: 'value', text: 'f', targets: 0, outside: false, too_many: null, module: null, loop: null, awaited: false,
}); // prettier-ignore

const survey = (files: Record<string, string[]>, changed: string[], facts: Partial<SourceSurvey> = {}): SourceSurvey => ({
  files: Object.keys(files).map((path) => fileRow(path)),
  changed: new Map(changed.map((path) => [path, rows(path, files[path])])),
  packages: [],
  dependencies: [],
  target: () => (files['b.js'] ? 'b.js' : null),
  linkCalls: (calls) => ({ edges: [], sites: calls.map((path) => site(JSON.parse(path) as string)) }),
  namesInData: (wanted) =>
    [...wanted].filter((name) => name === 'told').map((name) => ({ path: 'd.json', src: '*', kind: 'string', dst: null, specifier: null, name, via: null })),
  ...facts,
}); // prettier-ignore

async function stored() {
  const db = await openReading(workspace.root);
  const functions = await db.all<{ id: string }>(
    'SELECT ast_node_id AS id FROM source_functions ORDER BY id',
  );
  const imports = await db.all<{ line: string }>(
    "SELECT path || ' → ' || coalesce(target, 'nothing') AS line FROM source_imports ORDER BY path",
  );
  const data = await db.all<{ name: string }>("SELECT name FROM source_references WHERE src = '*'");
  db.close();
  return {
    functions: functions.map(({ id }) => id.slice(3)),
    imports: imports.map(({ line }) => line),
    data: data.map(({ name }) => name),
  };
}

test('changed files are replaced, others kept, those that are gone forgotten', async () => {
  workspace.run('20261120-100000-aaaa', { '7-0': [{ picture: 'a{ b{ }b }a', end: true }] });
  const known: number[] = [];
  const look = async (found: SourceSurvey | null) =>
    void (await refresh(workspace.root, { sources: async (rows) => (known.push(rows.length), found) }));

  await look(survey({ 'a.js': ['x', 'told'], 'b.js': ['y'] }, ['a.js', 'b.js']));
  expect(await stored()).toEqual({
    functions: ['a.js#told', 'a.js#x', 'b.js#y'],
    imports: ['a.js → b.js', 'b.js → b.js'],
    data: ['told'],
  });

  await look(survey({ 'a.js': ['z'], 'b.js': ['y'] }, ['a.js']));
  expect(await stored()).toEqual({
    functions: ['a.js#z', 'b.js#y'],
    imports: ['a.js → b.js', 'b.js → b.js'],
    data: [],
  });

  // Where imports lead changes without a change of their file.
  await look(survey({ 'a.js': ['z'] }, []));
  expect(await stored()).toEqual({ functions: ['a.js#z'], imports: ['a.js → nothing'], data: [] });

  await look(null);
  expect((await stored()).functions).toEqual(['a.js#z']);
  expect(known).toEqual([0, 2, 2, 1]);
});

test('runs that go take nothing of it along', async () => {
  workspace.run('20261120-100000-aaaa', { '7-0': [{ picture: 'a{ b{ }b }a', end: true }] });
  await refresh(workspace.root, { sources: async () => survey({ 'a.js': ['x'] }, ['a.js']) });
  const db = await openReading(workspace.root);
  await db.show('20261120-100000-aaaa');
  const { rows: found } = await db.select('SELECT count(*) FROM source_functions', {
    limit: 1,
    timeoutMs: 5000,
  });
  db.close();
  expect(found).toEqual([[1]]);
});

test('the call graph is made when it is asked for, from what was kept of each file', async () => {
  workspace.run('20261120-100000-aaaa', { '7-0': [{ picture: 'a{ }a', end: true }] });
  const look = async (changed: string[], isWanted: boolean): Promise<string[]> => {
    const { linkCalls, ...found } = survey({ 'a.js': [], 'b.js': [] }, changed);
    await refresh(workspace.root, { sources: async () => (isWanted ? { ...found, linkCalls } : found) });
    const db = await openReading(workspace.root);
    const sites = await db.all<{ path: string }>('SELECT path FROM call_sites ORDER BY path');
    db.close();
    return sites.map(({ path }) => path);
  };
  expect(await look(['a.js', 'b.js'], false)).toEqual([]);
  expect(await look([], true)).toEqual(['a.js', 'b.js']);
  expect(await look([], false)).toEqual(['a.js', 'b.js']);
  // Nobody knows any more what `a.js` calls.
  expect(await look(['a.js'], false)).toEqual([]);
  expect(await look(['b.js'], true)).toEqual(['a.js', 'b.js']);
});
