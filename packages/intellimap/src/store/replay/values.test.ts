/** VALUE words and texts → rows; pictures as in `fixtures/picture.ts`. */
import { expect, test } from 'vitest';
import { letterOf, newReplay, wordsOf } from './fixtures/picture.ts';
import { previewFacts } from './previews.ts';
import { ValueKeeper } from './values.ts';

/** Calls by their number: `0 argument a 1`, `1 result 2`; and writes. */
function rows(picture: string, texts: string[]): { rows: string[]; missing: number } {
  const { replay, sinks } = newReplay();
  replay.texts({ from: 0, bytes: new TextEncoder().encode(texts.join('')), counts: [] });
  const { words, position, time } = wordsOf(picture, 1000, texts);
  replay.feed(words, { position, time });
  replay.finish();
  const { values } = sinks;
  return {
    rows: [
      ...values.calls.map(({ call, role, nth, position: place, name, preview }) =>
        [call, role, nth, place, name, preview].filter((each) => each !== null).join(' '),
      ),
      ...values.changes.map(
        ({ call, nth, site, kind, target, preview }) =>
          `${call} ${nth} ${letterOf(site)} ${kind} ${target} ${preview}`,
      ),
    ],
    missing: replay.valuesMissing,
  };
}

test('texts are copied, as they are a part of a file, and go when the thread has ended', () => {
  const { replay } = newReplay();
  const file = new TextEncoder().encode(`${' '.repeat(1000)}1`);
  replay.texts({ from: 0, bytes: file.subarray(1000), counts: [] });
  const held = () =>
    (replay as unknown as { threadValues: { pieces: { bytes: Uint8Array }[] } }).threadValues.pieces.map(
      ({ bytes }) => bytes.buffer.byteLength,
    );
  expect(held()).toEqual([1]);
  replay.finish();
  expect(held()).toEqual([]);
});

const ARGUMENTS = '{"n":"0a,1b.c","v":[1,"x"],"t":{"$":"object","class":"Cart","props":{}}}';

test('arguments, this and result belong to the call on top', () =>
  expect(rows('a{ $0a0 b{ $0b1 $1b2 }b $1a3 }a', [ARGUMENTS, '{"n":"","v":[]}', '2', '3'])).toEqual({
    rows: [
      '0 this 0 {"$":"object","class":"Cart","props":{}}',
      '0 argument 0 0 a 1',
      '0 argument 1 1 b.c "x"',
      '1 result 0 2',
      '0 result 0 3',
    ],
    missing: 0,
  }));

test('of recursive calls, to the innermost; of functions, to their own though others did not tell their end', () =>
  expect(rows('a{ b{ a{ $1a0 }a c{ $1a1 }a', ['1', '2']).rows).toEqual(
    ['2 result 0 1', '2 result 0 2'].slice(0, 1).concat('0 result 0 2'),
  ));

test('an async call has its values wherever it runs', () =>
  expect(rows('A1{ $0A0 ~1 b{ >1 $1A1 }1 }b', ['{"n":"0x","v":[5]}', '6']).rows).toEqual([
    '0 argument 0 0 x 5',
    '0 result 0 6',
  ]));

test('the last result counts; each throw is told', () =>
  expect(rows('a{ $1a0 $2a1 $1a2 $2a0 }a', ['1', '"e"', '2']).rows).toEqual([
    '0 result 0 2',
    '0 thrown 0 "e"',
    '0 thrown 1 1',
  ]));

test('writes', () =>
  expect(rows('a{ $3a0 $4a1 }a', ['["this.x",1]', '["n",{"$":"undefined"}]']).rows).toEqual([
    '0 0 a property this.x 1',
    '0 1 a variable n {"$":"undefined"}',
  ]));

test('what cannot be read or belongs to nobody is counted', () => {
  expect(rows('a{ $1a7 }a', ['1'])).toEqual({ rows: [], missing: 1 });
  expect(rows('a{ $1a0 }a', ['{"half'])).toEqual({ rows: [], missing: 1 });
  expect(rows('a{ $1b0 }a', ['1'])).toEqual({ rows: [], missing: 1 });
  expect(rows('a{ $0a0 $0a1 $3a1 $7a1 }a', ['null', '1'])).toEqual({ rows: [], missing: 4 });
});

test('rows are limited, and what is beyond is counted', () => {
  const keeper = new ValueKeeper(1);
  expect([keeper.hasRoom, keeper.beyondLimit]).toEqual([true, 0]);
  keeper.calls.push({} as never);
  expect([keeper.hasRoom, keeper.beyondLimit]).toEqual([false, 1]);
});

test.each([
  [1, 'number', ''],
  [null, 'null', ''],
  [[1], 'array', ''],
  [{ a: 1 }, 'object', ''],
  [{ $: 'undefined' }, 'undefined', ''],
  [{ $: 'object', class: 'Cart', props: { id: { $: 'redacted' } } }, 'Cart', 'redacted'],
  [{ $: 'object', cut: true }, 'object', 'truncated'],
  [{ $: 'object', size: 100, props: {} }, 'object', 'truncated'],
  [{ $: 'object', props: { $: 'x' } }, 'object', ''],
  [{ $: 'string', length: 999, value: 'a' }, 'string', 'truncated'],
  [{ $: 'array', class: 'Uint8Array', length: 1, items: [1] }, 'Uint8Array', ''],
  [{ $: 'array', length: 3, items: [1] }, 'array', 'truncated'],
  [{ $: 'array', length: 3 }, 'array', 'truncated'],
  [{ $: 'map', size: 1, entries: [[1, { $: 'cut' }]] }, 'map', 'truncated'],
  [{ $: 'set', size: 2 }, 'set', 'truncated'],
  [{ $: 'buffer', length: 9 }, 'buffer', ''],
  [{ $: 'redacted' }, 'redacted', 'redacted'],
])('%j is a %s, %s', (preview, type, how) => {
  const facts = previewFacts(preview);
  expect(facts).toEqual({ type, truncated: how === 'truncated', redacted: how === 'redacted' });
});

test('a preview that nests without end is looked at so deep', () => {
  let deep: unknown = { $: 'redacted' };
  for (let i = 0; i < 5000; i++) deep = [deep];
  expect(previewFacts(deep).type).toBe('array');
});
