module.exports = function g(x) {
  @@ if (!x) { throw new TypeError('in mapped'); }
};
