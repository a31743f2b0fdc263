class Base {
  static make() { return new this(); }
  constructor() { this.stack = new Error('made in a class').stack; }
}
console.log(class Derived extends Base {}.make().stack);
console.log([1].map(() => new Error('made in a callback').stack)[0]);
(async () => {
  await null;
  console.log(new Error('made after an await').stack);
})();
