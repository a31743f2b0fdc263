import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { ControlRequest } from '../wire/control.ts';
import { answerTo } from './control-server.ts';

const asked: ControlRequest[] = [];
const answer = (line: string): unknown =>
  answerTo(line, (request) => {
    asked.push(request);
    if (request.op === 'stop') throw new Error(`there is no trace ${request.trace}`);
    return { trace: 1, label: '', functions: 0, calls: 0, maxCalls: 1, secondsLeft: 1 };
  });

test('requests are handed on, refusals are told', () => {
  expect(answer('{"op":"trace","files":["a"],"seconds":2}')).toMatchObject({ ok: true });
  expect(asked.at(-1)).toEqual({ op: 'trace', files: ['a'], seconds: 2 });
  expect(answer('{"op":"stop","trace":7}')).toEqual({ ok: false, error: 'there is no trace 7' });
});

test.each([
  ['{', /JSON/],
  ['[1]', /unknown request undefined: this probe knows status, trace/],
  ['null', /a request is a JSON object/],
  ['{"op":"format"}', /unknown request "format"/],
  ['{"op":"toString"}', /unknown request "toString"/],
  ['{"op":"trace"}', /"trace": bad "files"/],
  ['{"op":"trace","files":["a"],"seconds":-1}', /bad "seconds"/],
  ['{"op":"trace","files":"a"}', /bad "files"/],
  ['{"op":"limits","memory":"much"}', /bad "memory"/],
  ['{"op":"limits","sample":1.5}', /bad "sample"/],
  ['{"op":"limits","sample":"some"}', /bad "sample"/],
  ['{"op":"traceTask","slowerThanMs":"very"}', /bad "slowerThanMs"/],
])('%s is refused with a sentence', (line, error) => {
  const before = asked.length;
  expect(answer(line)).toMatchObject({ ok: false, error: expect.stringMatching(error) });
  expect(asked.length).toBe(before);
});

test('whatever comes in, there is an answer', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      expect(answer(line)).toHaveProperty('ok');
    }),
  );
});
