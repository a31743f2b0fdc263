import { f } from './lib.ts';
const x: number = f(2 as number);
console.log(x, f.toString());
