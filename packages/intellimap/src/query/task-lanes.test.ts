import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { foundFunctions, openSession, type Session, taskLanes, type TaskLanes } from './index.ts';

const workspace = new Workspace();
let session: Session;
beforeAll(async () => {
  const request = (id: number) => ({ t: 'task', id, kind: 'request', name: `GET /${id}` });
  // 10 µs an event: task 1 from 0 to 70, task 2 from 80 on; what it calls at last fails.
  const picture = '[1 a{ b{ }b c{ }c }a ]1 .1 [2 a{ d{ !d !a ]2 .2';
  workspace.run('r1', { '7-0': [{ picture, notes: [request(1), request(2)], end: true }] });
  session = await openSession(workspace.root);
});
afterAll(() => {
  session.close();
  workspace.remove();
});

/** A line for each call: its task, blanks for its depth, name, what became of it. */
const drawn = ({ head, columns }: TaskLanes): string[] =>
  Array.from(columns.call, (_, at) => {
    const name = ' '.repeat(columns.depth[at]) + head.functions[columns.function[at]].name;
    return `${head.tasks[columns.row[at]].name} ${name}${columns.failed[at] ? ' !' : ''}`;
  });

test('calls by task and depth', async () => {
  const lanes = await taskLanes(session, { t0: 0, t1: 1000 });
  expect(drawn(lanes)).toEqual(['GET /1 a', 'GET /1  b', 'GET /1  c', 'GET /2 a !', 'GET /2  d !']);
  expect(lanes.head.tasks.map(({ name, more, errors }) => [name, more, errors])).toEqual([['GET /1', 0, 0], ['GET /2', 0, 0]]);
  expect([...lanes.columns.end].every((end, at) => end > lanes.columns.start[at])).toBe(true);
}); // prettier-ignore

test('of a stretch of time, of one task, of the slowest', async () => {
  expect(drawn(await taskLanes(session, { t0: 0, t1: 60 }))).toEqual(['GET /1 a', 'GET /1  b', 'GET /1  c']);
  const [{ task }] = (await taskLanes(session, { t0: 0, t1: 1000 })).head.tasks.slice(1);
  expect(drawn(await taskLanes(session, { t0: 0, t1: 1000, thread: 1, task }))).toEqual([
    'GET /2 a !',
    'GET /2  d !',
  ]);
  const one = await taskLanes(session, { t0: 0, t1: 1000, limit: 1 });
  expect([one.head.tasks.length, one.head.more]).toEqual([1, 1]);
  expect(drawn(await taskLanes(session, { t0: 5000, t1: 6000 }))).toEqual([]);
});

test('functions are found by words of their names and paths, the best first', async () => {
  const names = async (text: string, limit = 3) =>
    (await foundFunctions(session, text, limit)).map(({ name, path, hits }) => `${name} ${path} ${hits}`);
  expect(await names('A', 1)).toEqual(['a src/a.ts 2']);
  expect(await names('b.ts n', 2)).toEqual(['N src/b.ts 0', 'n src/b.ts 0']);
  expect(await names('src/a.ts', 2)).toEqual(['a src/a.ts 2', 'b src/a.ts 1']);
  expect(await names("'; --")).toEqual([]);
});
