import { expect, test } from 'vitest';
import { MAX_TRACES } from '../wire/control.ts';
import { TaskTraces } from './task-traces.ts';

const cart = { kind: 'request', name: 'GET /cart/7', took: 12, status: 200 };

test('a task that matches in all is a reason to keep, once a second', () => {
  const traces = new TaskTraces();
  traces.add({ op: 'traceTask', name: '^GET /cart.*$', slowerThanMs: 10 }, 3, 0);
  expect(traces.ended({ ...cart, name: 'GET /' }, 1)).toBeUndefined();
  expect(traces.ended({ ...cart, took: 10 }, 1)).toBeUndefined();
  expect(traces.ended(cart, 1)).toBe('task GET /cart/7: 200, 12 ms (trace 3)');
  expect(traces.ended(cart, 500_000)).toBeUndefined();
  expect(traces.ended(cart, 1_000_001)).toBe('task GET /cart/7: 200, 12 ms (trace 3)');
  expect(traces.states(0)).toMatchObject([{ trace: 3, tasks: 3, secondsLeft: 60 }]);
  traces.add({ op: 'traceTask', status: 404 }, 4, 0);
  expect(traces.ended({ ...cart, took: 1, status: 404 }, 9e6)).toMatch('trace 4');
});

test('wanted are tasks of a name or kind, whatever comes of them; not all those that may be slow', () => {
  const traces = new TaskTraces();
  traces.add({ op: 'traceTask', slowerThanMs: 10 }, 1, 0);
  expect(traces.wants('request', 'GET /')).toBe(false);
  traces.add({ op: 'traceTask', name: '^GET /$', status: 500 }, 2, 0);
  expect(traces.wants('request', 'GET /')).toBe(true);
  expect(traces.wants('request', 'GET /cart')).toBe(false);
});

test('they end by themselves, when somebody says so, and are not too many', () => {
  const traces = new TaskTraces();
  traces.add({ op: 'traceTask', kind: 'request', seconds: 2 }, 1, 0);
  traces.add({ op: 'traceTask', kind: 'request' }, 2, 0);
  traces.expire(2_000_000);
  expect(traces.states(0).map(({ trace }) => trace)).toEqual([2]);
  expect(traces.stop(2, 5)).toMatchObject({ trace: 2 });
  expect(traces.stop(2, 5)).toBeUndefined();
  for (let number = 0; number < MAX_TRACES; number++) traces.add({ op: 'traceTask' }, number, 0);
  expect(() => traces.add({ op: 'traceTask' }, 200, 0)).toThrow('there are 100 traces of tasks already');
  expect(() => new TaskTraces().add({ op: 'traceTask', name: '(' }, 1, 0)).toThrow(/regular expression/);
});
