import { afterEach, beforeAll, expect, test } from 'vitest';
import { TestRun, build, picture } from './fixtures/child.ts';

beforeAll(build, 120_000);
let run: TestRun;
afterEach(() => run.remove());

test('a request is a task: its turn, and its end with the response; queries and secrets in its path are not recorded', () => {
  run = new TestRun({ INTELLIMAP_RESOURCES: 'off' });
  const { status, stdout } = run.run(`
    import http from 'node:http';
    const server = http.createServer((request, response) => {
      call();
      setTimeout(() => { call(); response.end('hello'); }, 5);
    });
    server.listen(0, async () => {
      const response = await fetch('http://localhost:' + server.address().port + '/cart/token/8fe2a0?token=secret', {
        headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
      });
      console.log(await response.text());
      server.close();
      server.closeAllConnections();
    });`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'hello\n' });
  const { words, notes } = run.main();
  expect(picture(words)).toBe('TASK 0, ENTER 1, LEAVE 1, TASK 1, ENTER 1, LEAVE 1, TASK 2, TIME 0');
  expect(notes).toContainEqual({
    t: 'task',
    id: 1,
    kind: 'request',
    name: 'GET /cart/token/‹secret:8›',
    trace: '0af7651916cd43dd8448eb211c80319c',
    parent: 'b7ad6b7169203331',
  });
});

test('requests whose connection is closed before the answer is whole are told: when others come, and at the end', () => {
  run = new TestRun({ INTELLIMAP_RESOURCES: 'off' });
  const { status, stdout } = run.run(`
    import http from 'node:http';
    import { once } from 'node:events';
    const server = http.createServer((request, response) => {
      if (request.url === '/whole') response.end('hello');
      if (request.url === '/part') response.write('hel');
    });
    server.listen(0);
    await once(server, 'listening');
    const ask = (path) => http.get({ port: server.address().port, path, agent: false });
    const leave = async (path) => {
      const asked = ask(path).on('error', () => {});
      const [, response] = await once(server, 'request');
      asked.destroy();
      await once(response, 'close');
    };
    const whole = async () => {
      const [response] = await once(ask('/whole'), 'response');
      response.resume();
      await once(response, 'end');
    };
    const goesOn = ask('/none').on('error', () => {});
    await once(server, 'request');
    await leave('/none');
    await leave('/part');
    for (let times = 0; times < 4; times++) await whole();
    await leave('/none');
    console.log('done');
    process.exit();`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'done\n' });
  const { notes } = run.main();
  expect(notes.filter(({ t }) => t === 'gone')).toEqual([2, 3, 8].map((id) => ({ t: 'gone', id })));
});
