exports.f = function f(x) {
  return x * 2;
};
exports.g = async function g() {
  await null;
  return 'g';
};
