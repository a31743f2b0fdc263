module.exports = function third() {
  return 'third';
};
