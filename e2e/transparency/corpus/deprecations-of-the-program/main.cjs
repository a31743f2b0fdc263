const util = require('node:util');
const old = util.deprecate(
  function old() {
    return 1;
  },
  'old is old',
  'DEP_X',
);
process.on('warning', (w) => console.log('warning', w.name, w.code, w.message));
(function use() {
  old();
  old();
  process.emitWarning('careful', { type: 'Custom', code: 'C1', detail: 'more' });
})();
const E = require('node:events');
const e = new E();
for (let i = 0; i < 11; i++) e.on('x', () => {});
