module.exports = class A {
  static create() {
    return new (require('./class-b.cjs'))();
  }
  chain(n) {
    return n === 0 ? [this.constructor.name] : [this.constructor.name, ...A.create().chain(n - 1)];
  }
};
