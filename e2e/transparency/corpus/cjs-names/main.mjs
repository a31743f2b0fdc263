import * as a from './a.cjs';
import * as b from './b.cjs';
import * as c from './c.cjs';
console.log(Object.keys(a).sort().join(), Object.keys(b).sort().join(), Object.keys(c).sort().join());
