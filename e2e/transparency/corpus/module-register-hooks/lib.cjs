exports.g = function g(x) {
  return x;
};
