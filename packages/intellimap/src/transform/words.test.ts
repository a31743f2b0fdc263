/** The rewriter's copy of the vocabulary says what the probe's says. */
import { expect, it } from 'vitest';
import { MAX_COUNTED_SITES } from '../../../probe/src/wire/ring.ts';
import * as wire from '../../../probe/src/wire/words.ts';
import {
  CAUGHT,
  ENTER,
  FRAME_ENTER,
  FRAME_LEAVE,
  FRAME_THROW,
  LEAVE,
  MAX_PAYLOAD,
  REACHED,
} from './words.ts';
import { GATES, RESUME, SUSPEND, THROW, THROWN, wordOf } from './words.ts';

it('uses the kinds and the layout of the wire format', () => {
  const kinds = {
    ENTER,
    LEAVE,
    THROW,
    FRAME_ENTER,
    FRAME_LEAVE,
    FRAME_THROW,
    SUSPEND,
    RESUME,
    THROWN,
    CAUGHT,
    REACHED,
  };
  expect(wire.Kind).toMatchObject(kinds);
  expect(GATES).toBe(MAX_COUNTED_SITES);
  expect(MAX_PAYLOAD).toBe(wire.MAX_PAYLOAD);
  for (const payload of [0, 1, 77, 2 ** 20, wire.MAX_PAYLOAD]) {
    expect(wordOf(REACHED, payload)).toBe(wire.wordOf(wire.Kind.REACHED, payload));
  }
});
