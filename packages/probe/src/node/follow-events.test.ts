import diagnostics from 'node:diagnostics_channel';
import types from 'node:util/types';
import { expect, test } from 'vitest';
import { createRedaction } from '../core/index.ts';
import { payloadOf } from '../wire/words.ts';
import { followEvents } from './follow-events.ts';

const notes: Record<string, unknown>[] = [];
const words: number[][] = [];
let isOn = true;
const tally = followEvents({
  isOn: () => isOn,
  mark: (word, operand) => void words.push([payloadOf(word), operand]),
  tell: (json) => void notes.push(JSON.parse(json) as Record<string, unknown>),
  isProxy: types.isProxy,
  redaction: createRedaction(),
});
const channel = diagnostics.channel('intellimap:event');
/** What is told of a message. */
function told(message: unknown) {
  notes.length = 0;
  channel.publish(message);
  return notes.map(({ name, values }) => ({ name, values }));
}

test('an event is a word, and a note of the same number', () => {
  expect(told({ name: 'a/b', values: { n: 1 } })).toEqual([{ name: 'a/b', values: { n: 1 } }]);
  expect(notes[0]).toMatchObject({ t: 'event', id: 2 ** 30 + 1, n: 1, micros: expect.any(Number) });
  expect(words).toEqual([[3, 2 ** 30 + 1]]);
});

test('values are plain, few, short, and without secrets', () => {
  const values = {
    text: 'x'.repeat(400),
    number: -1.5,
    yes: true,
    none: null,
    list: [1],
    big: 1n,
    get ran() {
      throw new Error('never');
    },
    password: 'hunter22',
    mail: 'to jane.doe@example.org',
    card: 4111111111111111,
  };
  expect(told({ name: 'a/b', values })[0].values).toEqual({
    text: 'x'.repeat(300),
    number: -1.5,
    yes: true,
    password: '‹secret:8›',
    mail: expect.stringMatching(/^to ‹email:\d+›$/),
    card: expect.stringMatching(/^‹card:\d+›$/),
  });
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f${at}`, at]));
  expect(Object.keys(told({ name: 'a/b', values: many })[0].values as object)).toHaveLength(32);
});

test('what is no event is passed over, and no code of the program runs', () => {
  const ran = (): never => {
    throw new Error('trapped');
  };
  const trap = new Proxy({}, { get: ran, getOwnPropertyDescriptor: ran, ownKeys: ran });
  expect([null, 7, {}, { name: 7 }, trap].flatMap(told)).toEqual([]);
  expect(told({ name: 'a/b', values: trap })).toEqual([{ name: 'a/b', values: {} }]);
  expect(told({ name: 'a/b' })).toEqual([{ name: 'a/b', values: {} }]);
});

test('while nobody reads what is recorded, nothing is told', () => {
  isOn = false;
  expect(told({ name: 'a/b' })).toEqual([]);
  isOn = true;
});

test('what is beyond the first is counted', () => {
  const from = words.length;
  for (let n = 0; n < 100_010; n++) channel.publish({ name: 'a/b' });
  expect(words).toHaveLength(100_000);
  notes.length = 0;
  tally();
  expect(notes).toEqual([{ t: 'event', n: from + 100_010 }]);
});
