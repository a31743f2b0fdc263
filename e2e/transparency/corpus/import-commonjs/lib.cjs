const inner = require('./inner.cjs');
exports.stack = (function deep() {
  return inner();
})();
exports.info = [
  module.parent,
  require.main,
  module.id.slice(-8),
  module.loaded,
  module.children.length,
  module.paths.length > 0,
  Object.keys(require).join(),
  this === exports,
];
