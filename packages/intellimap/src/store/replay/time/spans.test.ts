/** What is written down of spans when a leaf ends. */
import { expect, test } from 'vitest';
import { decodeLeaf } from './leaf.ts';
import { SPAN } from './span-flag.ts';
import { SpanIndex } from './spans.ts';
import { TimeIndex } from './time-index.ts';

test('a first call that began before the run, as clocks may have it, is told like any other', () => {
  const time = new TimeIndex(1000);
  const spans = new SpanIndex(1, time);
  spans.expect(2);
  spans.add(0, 990, 1010, 3, 7, SPAN.FAILED);
  spans.cut(1010);
  const { lines } = decodeLeaf(time.leaves[0].bytes.slice().buffer);
  expect(lines).toMatchObject({ count: new Uint32Array([1]), failed: new Uint32Array([1]) });
  expect([lines.duration[0], lines.callBase + lines.call[0], lines.failedCall[0]]).toEqual([20, 7, 7]);
});
