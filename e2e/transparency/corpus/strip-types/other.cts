module.exports.twice = function twice(x: number): number {
  return (x * 2) as number;
};
