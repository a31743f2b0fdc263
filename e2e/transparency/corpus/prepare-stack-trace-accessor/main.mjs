import { reads } from './chain.cjs';
import { show } from './use.cjs';
show('one'); await (async () => { show('two'); await 0; show('three'); })();
console.log(reads.includes('get'));
