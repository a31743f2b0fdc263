/** What a call called, drawn. */
import { afterEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openStore } from '../store/index.ts';
import { randomFrom, Simulation } from '../store/replay/fixtures/simulation.ts';
import { callTree, type TreeQuestion } from './call-tree.ts';
import { inPieces } from './fixtures/pieces.ts';
import { CALL_FLAG, type CallTree } from './moment-answers.ts';
import { openSession, type Session } from './session.ts';

let workspace: Workspace;
afterEach(() => workspace.remove());

/** `a 0+50 self 30 wait 10 threw hides`, indented; times in events. */
function drawn(tree: CallTree | undefined): string[] {
  if (tree === undefined) return [];
  const flags = Object.entries(CALL_FLAG).filter(([name]) => name !== 'ASYNC');
  return [...tree.call.keys()].map((row) => {
    const { fn, start, duration, self, wait, depth } = tree;
    const said = flags.filter(([, flag]) => tree.flags[row] & flag).map(([name]) => ` ${name.toLowerCase()}`);
    const waited = wait[row] > 0 ? ` wait ${wait[row] / 10}` : '';
    const name = tree.functions[fn[row]].name;
    return `${'  '.repeat(depth[row])}${name} ${start[row] / 10}+${duration[row] / 10} self ${self[row] / 10}${waited}${said.join('')}`;
  });
}

async function drawnOf(session: Session, question: TreeQuestion): Promise<string[]> {
  return drawn(await callTree(session, question));
}

test('of a call, of a task, cut short, in pieces of the recording', async () => {
  workspace = new Workspace();
  const pieces = ['n{ b{ c{', '}c !b A1{ ~1 d{', '}d }n >1', 'e{ }e }1'];
  workspace.run('r1', { '7-0': pieces.map((picture, at) => ({ picture, end: at === 3 })) });
  const session = await openSession(workspace.root);
  const n = [
    'n 0+9 self 4',
    '  b 1+3 self 2 threw',
    '    c 2+1 self 1',
    '  A 5+8 self 3 wait 4 hides',
    '  d 7+1 self 1',
  ];
  expect(await drawnOf(session, { thread: 1, call: 0 })).toEqual(n);
  const all = [...n.slice(0, 3), '  A 5+8 self 3 wait 4', '  d 7+1 self 1', '    e 11+1 self 1'];
  // In order of beginning: what A called when it came back is below it.
  expect(await drawnOf(session, { thread: 1, task: 1 })).toEqual(all);
  expect(await drawnOf(session, { thread: 1, call: 0, depth: 1 })).toEqual([
    'n 0+9 self 4',
    '  b 1+3 self 2 threw hides',
    ...n.slice(3),
  ]);
  const cut = await callTree(session, { thread: 1, call: 0, limit: 2 });
  expect([cut?.more, cut?.whole]).toEqual([3, false]);
  expect(await callTree(session, { thread: 1, call: 99 })).toBeUndefined();
  expect(await callTree(session, { thread: 2, task: 1 })).toBeUndefined();
  session.close();
});

test('what rows and the recording say of random programs is the same', async () => {
  for (let seed = 1; seed <= 4; seed++) {
    workspace = new Workspace();
    // Stalls are in no duration of a row; in the recording they are.
    const tokens = new Simulation(seed, 60).tokens.filter((token) => token !== '%');
    workspace.run('r1', { '7-0': inPieces(tokens, randomFrom(seed)) });
    const session = await openSession(workspace.root);
    const tasks = await session.db.all<{ task: number }>(
      'SELECT DISTINCT task_id AS task FROM calls ORDER BY 1',
    );
    const recorded = [];
    for (const { task } of tasks) recorded.push(await drawnOf(session, { thread: 1, task }));
    session.close();
    const store = await openStore(workspace.root);
    await store.connection.run(`UPDATE runs SET loaded_state = 'rows', tier = 'rows'`);
    store.close();
    const file = `${workspace.runDir('r1')}/run.json`;
    const { readFileSync, writeFileSync } = await import('node:fs');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"tier":"performance"', '"tier":"edges"'));
    const rows = await openSession(workspace.root, { load: false });
    for (const [at, { task }] of tasks.entries())
      expect(await drawnOf(rows, { thread: 1, task }), tokens.join(' ')).toEqual(recorded[at]);
    rows.close();
    workspace.remove();
  }
});
