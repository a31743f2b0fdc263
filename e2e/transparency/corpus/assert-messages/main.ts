import assert from 'node:assert';
interface A { b: number }
const f = (a: A): boolean => a.b > 1;
const say = (fn: () => void) => { try { fn(); } catch (e) { console.log((e as Error).message); } };
say(() => { const x: A = { b: 1 }; assert(f(x)); });
say(() => { assert.strict(f({ b: 0 } as A)); });
class Q extends assert.AssertionError {}
say(() => { throw new Q({ message: 'x == true' }); });
say(() => { throw new Q({ actual: 1, expected: true, operator: '==' }); });
say(() => { eval('assert.ok(0)'); });
