import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Incoming, opened, Outgoing, sealed } from './letters.ts';
import { openPost, postMemory, Slot } from './post.ts';

const { slots } = openPost(postMemory());

/** Through a slot, as far as its pages carry. */
function delivered(letter: Buffer): { letter: Buffer | undefined; pages: number } {
  const outgoing = new Outgoing(letter);
  const incoming = new Incoming();
  for (let pages = 1; ; pages += 1) {
    outgoing.next(slots[0]);
    const arrived = incoming.next(slots[0]);
    if (arrived !== undefined || outgoing.isDone) return { letter: arrived, pages };
  }
}

test('whatever a text holds, it arrives: lone surrogates, emoji, nothing at all', () =>
  fc.assert(
    fc.property(
      fc.record({ path: fc.string({ unit: 'binary' }), startLine: fc.nat() }),
      fc.array(fc.nat(0xffff), { maxLength: 300 }),
      (head, units) => {
        const text = String.fromCharCode(...units);
        expect(opened(delivered(sealed(head, text, 2)).letter!)).toEqual([head, text]);
      },
    ),
  ));

test('text within Latin-1 takes a byte a character, and stays what it is', () => {
  const text = 'naïve\0ÿ';
  const wide = sealed({}, text, 2);
  const narrow = sealed({}, text, 1);
  expect(wide.length - narrow.length).toBe(text.length);
  expect(opened(delivered(narrow).letter!)).toEqual([{}, text]);
});

test.each([
  [-1, 1],
  [0, 1],
  [1, 2],
])('a letter %i bytes longer than a page goes in pieces: %i', (more, pages) => {
  const { page } = slots[0];
  const text = 'x'.repeat(page.length - sealed({}, '', 1).length + more);
  const way = delivered(sealed({}, text, 1));
  expect(way.pages).toBe(pages);
  expect(opened(way.letter!)[1]).toBe(text);
});

test('slots share nothing', () => {
  const post = openPost(postMemory());
  new Outgoing(sealed({ for: 'first' }, '', 2)).next(post.slots[0]);
  new Outgoing(sealed({ for: 'last' }, '', 2)).next(post.slots.at(-1)!);
  expect(opened(new Incoming().next(post.slots[0])!)[0]).toEqual({ for: 'first' });
  expect(opened(new Incoming().next(post.slots.at(-1)!)!)[0]).toEqual({ for: 'last' });
  expect([...post.bell]).toEqual(Array(post.bell.length).fill(0));
  expect(post.slots[1].fields[Slot.LENGTH]).toBe(0);
});

test('a program that changes how objects are written as JSON changes nothing here', () => {
  const prototype = Object.prototype as { toJSON?: unknown };
  prototype.toJSON = () => 'mine';
  try {
    expect(opened(sealed({ t: 'text' }, '', 2))[0]).toEqual({ t: 'text' });
  } finally {
    delete prototype.toJSON;
  }
});
