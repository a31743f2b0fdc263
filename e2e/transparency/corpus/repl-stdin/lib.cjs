exports.f = function f(x) {
  return { x };
};
