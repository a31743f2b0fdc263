import { expect, test } from 'vitest';
import { NoteConsumer } from './consume-notes.ts';
import { Control, CONTROL_WORDS, type Ring } from '../wire/ring.ts';
import { createNotes } from '../core/notes.ts';

/** A circle of so many bytes; positions begin at `from`. */
function circle(bytes: number, from = 0) {
  const control = new Int32Array(CONTROL_WORDS);
  control[Control.NOTES_END] = control[Control.NOTES_READ] = from;
  const ring = { control, notes: new Uint8Array(bytes) } as unknown as Ring;
  const seen: unknown[] = [];
  const consumer = new NoteConsumer(ring, (note) => seen.push(note), from);
  return { write: createNotes(ring), take: () => (consumer.take(), seen.splice(0)), control };
}

test('what is written is read, around the end of the circle and of what 32 bits can count', () => {
  for (const from of [0, 50, 2 ** 31 - 20]) {
    const { write, take } = circle(64, from);
    for (let round = 0; round < 5; round++) {
      write(`{"t":"a","n":${round}}`);
      write('{"t":"b"}');
      expect(take()).toEqual([{ t: 'a', n: round }, { t: 'b' }]);
    }
  }
});

test('characters beyond ASCII', () => {
  const { write, take } = circle(128);
  write(JSON.stringify({ t: 'é€😀\u007f' }));
  expect(take()).toEqual([{ t: 'é€😀\u007f' }]);
});

test('without room, a note is lost and counted, and the next one that has room is there', () => {
  const { write, take } = circle(64);
  const long = `{"t":"${'x'.repeat(30)}"}`;
  write(long);
  write(long);
  write('{"t":"b"}');
  expect(take()).toEqual([{ t: 'x'.repeat(30) }, { t: 'b' }, { t: 'notes lost', count: 1 }]);
  expect(take()).toEqual([]);
});
