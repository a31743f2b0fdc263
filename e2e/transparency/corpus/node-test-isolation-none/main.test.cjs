const test = require('node:test');
const assert = require('node:assert');
test('ok', () => {
  assert.throws(() => fail(), /no/);
});
test('plan', (t) => {
  t.diagnostic('told');
});
function fail() {
  throw new Error('no');
}
