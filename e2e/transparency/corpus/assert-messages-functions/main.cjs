const assert = require('node:assert');
function say(fn) { try { fn(); } catch (e) { console.log(e.name, e.generatedMessage, e.message); } }
say(() => { assert.ok((() => { return 0; })()); });
say(function () { assert.strict.ok([1, 2].some((x) => x === 7),
  undefined); });
say(function () { assert.ok((function () { return 0 })(
      'täst',
    `a
  b`)); });
