import { expect, test } from 'vitest';
import { moduleOf } from './ids.ts';

test.each([
  ['/app/src/main.ts', 'source'],
  ['/app/src/main.tsx?t=1732284000123', 'source'],
  ['/app/src/main.js?v=9f8e7d', 'source'],
  ['/app/src/sum.worker.ts?worker_file&type=module', 'source'],
  ['/app/src/part.ts?vue&type=script&src=true&lang.ts', 'source'],
  ['/app/src/app.vue', 'component'],
  ['/app/src/app.vue?vue&type=script&setup=true&lang.ts', 'component'],
  ['/app/src/app.svelte?t=1', 'component'],
  ['/app/src/cart.svelte.ts', 'component'],
])('%s: a %s', (id, kind) => {
  expect(moduleOf(id)).toEqual({ file: id.split('?', 1)[0], kind });
});

test.each([
  '\0virtual:routes.js',
  '\0/app/src/main.js?commonjs-proxy',
  'virtual:routes.ts',
  'https://cdn.example/lib.js',
  '/app/src/shader.ts?raw',
  '/app/src/sum.worker.ts?worker',
  '/app/src/sum.worker.ts?worker&inline',
  '/app/src/sum.worker.ts?sharedworker',
  '/app/src/main.ts?url',
  '/app/src/main.ts?inline',
  '/app/src/route.tsx?split=component',
  '/app/src/prices.json',
  '/app/src/logo.svg',
  '/app/src/style.css?direct',
  '/app/src/app.vue?vue&type=style&index=0&scoped=7a7a37b1&lang.css',
  '/app/src/app.svelte?svelte&type=style&lang.css',
  '/app/index.html?html-proxy&index=0.js',
])('%s is left alone', (id) => {
  expect(moduleOf(id)).toBeUndefined();
});
