const core = require('@sample/core');

module.exports = function plain() {
  return { kind: core.kind, mean: core.mean([1, 2, 4]), file: require.resolve('@sample/core').split('/').slice(-3).join('/'), strict: this === undefined };
};
