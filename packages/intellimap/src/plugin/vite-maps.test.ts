import { expect, test } from 'vitest';
import { mapsOfServer } from './vite-maps.ts';

const mapped = (file: string) => ({
  file,
  transformResult: { map: { version: 3, mappings: 'AAAA', sources: [file] } },
});
const graph = {
  urlToModuleMap: new Map([
    ['/src/cart.ts', mapped('/app/src/cart.ts')],
    ['/src/50% öff/a b.ts', mapped('/app/src/50% öff/a b.ts')],
    ['/src/sum.ts?worker_file&type=module', mapped('/app/src/sum.ts')],
    ['/src/app.vue?vue&type=script&lang.ts', mapped('/app/src/app.vue')],
    ['/src/app.vue?vue&type=template&lang.js', mapped('/app/src/app.vue')],
    [
      '/src/no-map.ts',
      { file: '/app/src/no-map.ts', transformResult: { map: { version: 3, mappings: '', sources: [] } } },
    ],
  ]),
};

test.each([
  ['/src/cart.ts', '/app/src/cart.ts'],
  ['/src/cart.ts?t=1732284000123', '/app/src/cart.ts'],
  ['/src/cart.ts?import&t=1732284000123', '/app/src/cart.ts'],
  ['/src/50%25%20%C3%B6ff/a%20b.ts', '/app/src/50% öff/a b.ts'],
  ['/src/sum.ts', '/app/src/sum.ts'],
  // Either might be meant.
  ['/src/app.vue', undefined],
  ['/src/no-map.ts', undefined],
  ['/src/other.ts', undefined],
  ['/src/50%.ts', undefined],
])('%s is of %s', (path, file) => {
  for (const base of ['/', '/shop/']) {
    const mapOf = mapsOfServer({ environments: { client: { moduleGraph: graph } }, config: { base } });
    expect(mapOf(`http://localhost:5173${base}${path.slice(1)}`)?.file).toBe(file);
  }
});

test('what is no address has no map', () => {
  expect(mapsOfServer({ moduleGraph: graph })('cart.ts')).toBeUndefined();
});
