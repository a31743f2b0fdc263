const assert = require('node:assert');
function say(fn) { try { fn(); } catch (e) { console.log(e.name, e.generatedMessage, e.message); } }
say(() => { assert.ok((() => { return 0; })()); });
say(function () { assert.strict.ok([1, 2].some((x) => x === 7),
  undefined); });
say(function () { assert.ok((function () { return 0 })(
      'täst',
    `a
  b`)); });
const x = 1;
say(() => assert([1, 2].every((y) => {
  return y > x; })));
say(() => assert([1, 2].every(function every(y) {
  if (y > 1) return true; return assert(0) }) && 0));
say(() => assert(new (class K { #p = 5; get p() { return this.#p < 2 } })().p));
say(() => assert(!((...all) => all)(async () => await x, function* () { return 5 })));
