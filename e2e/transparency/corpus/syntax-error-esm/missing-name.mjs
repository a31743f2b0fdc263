import { nope } from './ok.mjs';
console.log(nope);
