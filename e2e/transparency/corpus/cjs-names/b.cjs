module.exports = { p, q: 1, r: 2, ...require('./a.cjs') };
function p() {
  return 1;
}
