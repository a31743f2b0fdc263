function plain(a, b) {
  return a + b;
}
async function later() {
  await null;
}
function* gen() {
  yield 1;
}
const arrow = (x) => x * 2;
class K {
  static #q = 1;
  m() {
    return 1;
  }
  get g() {
    return 2;
  }
  static s() {}
  constructor() {
    this.x = 1;
  }
}
const o = {
  method() {
    return 1;
  },
  async a() {},
  get v() {
    return 1;
  },
  ['comp' + 1]() {
    return 2;
  },
};
for (const f of [
  plain,
  later,
  gen,
  arrow,
  K,
  K.prototype.m,
  K.s,
  o.method,
  o.a,
  o.comp1,
  Object.getOwnPropertyDescriptor(o, 'v').get,
  plain.bind(null),
  class {},
  Math.max,
  new Proxy(plain, {}),
])
  console.log(f.name, f.length, String(f), Function.prototype.toString.call(f) === '' + f);
console.log(
  Function.prototype.toString.toString(),
  Function.prototype.toString.name,
  Object.getOwnPropertyNames(Function.prototype.toString).join(),
);
try {
  Function.prototype.toString.call({});
} catch (e) {
  console.log(e.message, e.stack.split('\n')[1].trim());
}
const original = Function.prototype.toString;
Function.prototype.toString = function toString() {
  return '<' + original.call(this) + '>';
};
console.log('' + plain, '' + Function.prototype.toString);
