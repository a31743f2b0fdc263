exports.f = (x) => x + 1;
exports.fail = function fail() {
  throw new Error('worker failed');
};
