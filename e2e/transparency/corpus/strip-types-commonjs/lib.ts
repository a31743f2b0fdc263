exports.f = function f(x: number): number {
  return x * 2;
};
exports.fail = function fail(): never {
  throw new Error('no' as string);
};
