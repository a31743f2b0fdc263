const assert = require('node:assert');
async function f() { return 0; }
function say(fn) { try { fn(); } catch (e) { console.log(e.name, e.code, e.generatedMessage, e.stack.split('\n    at ')[1], e.message); } }
async function main() {
  try { assert.ok(await f()); } catch (e) { console.log(e.message); }
  say(() => { assert.ok((() => { return 0; })(), 'own'); });
  say(() => { const x = 1; assert(x === 2); });
  say(() => { const x = 1; assert.strict['ok'](x === 2
    || x === 3); });
  say(function () { if (main) assert.equal(1, 1), assert.ok([1, '\u0007'].includes('' + 5), undefined); });
  say(() => { throw new assert.AssertionError({ message: 'mine == true' }); });
  say(() => { throw new (class extends assert.AssertionError {})({ actual: 1, expected: true, operator: '==' }); });
  say(() => { eval('assert.ok(0)'); });
  say(() => { new Function('assert', 'assert.ok(0)')(assert); });
  say(() => assert());
}
main();
