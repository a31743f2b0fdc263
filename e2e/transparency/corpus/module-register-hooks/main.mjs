import { registerHooks } from 'node:module';
const hook = registerHooks({
  resolve(s, c, next) {
    const r = next(s, c);
    if (s.startsWith('./')) console.log('resolve', s, r.format, c.conditions.includes('import'));
    return r;
  },
  load(url, c, next) {
    const r = next(url, c);
    if (url.startsWith('file:'))
      console.log('load', c.format, r.format, JSON.stringify(r.source == null ? r.source : String(r.source)));
    return r;
  },
});
const { f } = await import('./lib.mjs');
const { createRequire } = await import('node:module');
console.log(f(1), createRequire(import.meta.url)('./lib.cjs').g(2));
hook.deregister();
