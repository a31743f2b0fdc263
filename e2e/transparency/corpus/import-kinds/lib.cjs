exports.named = function named() {
  return [typeof require, this === undefined, arguments.length];
};
