exports.name = 'legacy';
exports.peek = () => {
  try {
    return require('./entry.mjs').value;
  } catch (error) {
    return error.code;
  }
};
exports.load = () => Promise.race([import('./other.mjs').then(({ value }) => value), new Promise((done) => setTimeout(done, 500, 'late'))]);
