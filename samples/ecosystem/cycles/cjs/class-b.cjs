const A = require('./class-a.cjs');

module.exports = class B extends A {
  chain(n) {
    return [...super.chain(n), new.target === undefined];
  }
};
