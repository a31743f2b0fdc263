import v from 'virtual:thing';
import { f } from './lib.mjs';
console.log(v(), v.toString(), f());
