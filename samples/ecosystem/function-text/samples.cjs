function plain(a) {
  // a comment stays
  return a;
}
const key = 'computed';
module.exports = {
  plain,
  arrow: (n) => n * 2,
  'short body': () => ({ a: 1 }),
  async  spaced ( a,b = (c) => c ) { await a; return b(a) },
  *generator() { yield 1; },
  async *both() { yield* plain([1]); },
  [key]() { return super.toString; },
  needs: function (first, second) { return [first, second]; },
  Needs: class Needs {
    #private = 1;
    static { plain(0); }
    constructor(log, db) { this.got = `${log} ${db}`; }
    get value() { return this.#private; }
    set value(next) { this.#private = next; }
    field = () => this.value;
  },
  getter: Object.getOwnPropertyDescriptor({ get it() { return 1; } }, 'it').get,
  work: function work(n) { return n < 2 ? n : work(n - 1) + work(n - 2); },
  nested() { function inner(x) { return x + 1; } return [inner].map((f) => f(1)); },
  template: (tag) => tag`a ${1} \u{41} ${() => plain(2)}`,
};
