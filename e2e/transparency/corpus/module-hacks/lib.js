exports.f = function f() {
  return 'BEFORE';
};
