import { expect, it } from 'vitest';
import { decodeColumns, encodeColumns } from './columns.ts';
import { packed, unpacked } from './packed.ts';

it('comes back as it went, over the wire', () => {
  const value = {
    run: 'r1',
    other: null,
    modules: { path: ['a.ts', 'b.ts'], ran: new Uint32Array([3, 0]), metrics: { self: new Float64Array([1.5, NaN]) } },
    paths: [{ functions: [1, 2], share: 0.5 }],
    none: {},
  }; // prettier-ignore
  const sent = packed(value);
  expect(Object.keys(sent.columns)).toEqual(['modules.ran', 'modules.metrics.self']);
  const { buffer } = encodeColumns(sent);
  expect(unpacked<typeof value>(decodeColumns(buffer))).toEqual(value);
});
