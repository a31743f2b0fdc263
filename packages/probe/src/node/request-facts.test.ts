import { expect, test } from 'vitest';
import { traceParentOf } from './request-facts.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const KNOWN = { trace: TRACE, parent: SPAN };

test.each([
  [['Host', 'a', 'TraceParent', `00-${TRACE}-${SPAN}-01`], KNOWN],
  [['traceparent', `00-${TRACE}-${SPAN}-00`], KNOWN],
  // A later version may say more.
  [['traceparent', `cc-${TRACE}-${SPAN}-01-more`], KNOWN],
  [['traceparent', `00-${TRACE}-${SPAN}-01-more`], undefined],
  [['traceparent', `ff-${TRACE}-${SPAN}-01`], undefined],
  [['traceparent', `00-${'0'.repeat(32)}-${SPAN}-01`], undefined],
  [['traceparent', `00-${TRACE}-${'0'.repeat(16)}-01`], undefined],
  [['traceparent', `00-${TRACE.toUpperCase()}-${SPAN}-01`], undefined],
  [['traceparent', `00-${TRACE}-${SPAN}`], undefined],
  [['traceparent', ''], undefined],
  [['tracestate', `00-${TRACE}-${SPAN}-01`], undefined],
  [[], undefined],
  [undefined, undefined],
])('%j tells the trace %j', (headers, told) => {
  expect(traceParentOf(headers)).toEqual(told);
});
