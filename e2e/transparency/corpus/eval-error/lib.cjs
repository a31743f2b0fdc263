exports.fail = function fail() {
  throw new TypeError('no');
};
