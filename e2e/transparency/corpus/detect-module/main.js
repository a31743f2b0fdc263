import { f } from './lib.js';
const { g } = (await import('./cjs.js')).default;
console.log(f(1), g(2), typeof require, import.meta.url.slice(-8));
