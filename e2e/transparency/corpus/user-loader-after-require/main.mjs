import { lib, length } from './lib.mjs';
console.log(lib(1), length);
