/** Events that a page tells: what `intellimap/events` makes of what the recorder leaves for it. */
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './fixtures/page.ts';

const EVENTS = fileURLToPath(new URL('../../../intellimap/src/api/events.ts', import.meta.url));

let site: Site;
let script: string;
beforeAll(async () => {
  site = await openSite();
  const bundle = await rolldown({ input: EVENTS, platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife', name: 'events' });
  script = `${output[0].code}
    const { emit } = events.defineEvents({ name: 'shop', events: { ordered: { doc: 'x', fields: {} } } });
    const order = (values) => { probe.e(7 << 4 | 1); emit('ordered', values); probe.l(7 << 4 | 2); };
    seen = [order({ total: 12.5, who: 'jane.doe@example.org', password: 'hunter22' }), emit('ordered', { total: 1 })];`;
}, 120_000);
afterAll(() => site.close());

test('each is told within the call that did it, without secrets', async () => {
  const { words, notes } = await site.visit(script);
  const told = notes.filter(({ t }) => t === 'event') as unknown as { id: number; n: number; name: string; values: object }[]; // prettier-ignore
  expect(told.map(({ n, name, values }) => [n, name, values])).toEqual([
    [
      1,
      'shop/ordered',
      { total: 12.5, who: expect.stringMatching(/^‹email:/), password: expect.stringMatching(/^‹secret:/) },
    ],
    [2, 'shop/ordered', { total: 1 }],
  ]);
  const asks = words.filter((word) => /call 7|asks/.test(word));
  expect(asks).toEqual(['call 7', `asks ${told[0].id}`, `asks ${told[1].id}`]);
});

test('a page that is not recorded goes on', async () => {
  const plain = script.replace('probe.e(7 << 4 | 1);', '').replace('probe.l(7 << 4 | 2);', '');
  expect(await site.plain(plain)).toEqual([undefined, undefined]);
});
