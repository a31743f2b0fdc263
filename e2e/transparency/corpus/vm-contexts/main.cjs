const vm = require('node:vm');
const box = {
  out: [],
  f: function fromOutside(x) {
    return x + 1;
  },
};
vm.createContext(box);
console.log(
  vm.runInContext(
    'out.push(f(1)); var made = 5; Object.getOwnPropertyNames(globalThis).filter((n) => /im|made/.test(n))',
    box,
  ),
  Object.keys(box).join(),
);
console.log(
  vm.runInNewContext('[typeof require, typeof process, typeof f, this.constructor.name]', { f() {} }),
);
for (const code of ['throw new Error("in vm")', 'f(', 'null.x']) {
  try {
    vm.runInNewContext(code, {}, { filename: 'virtual.js' });
  } catch (e) {
    console.log(
      e.name,
      e.message,
      e instanceof Error,
      e.stack.split('\n').slice(0, 5).join('|').replaceAll(__dirname, '.'),
    );
  }
}
const s = new vm.Script('(function named() { return new Error("s").stack.split("\\n")[1]; })()', {
  filename: 'script.js',
  lineOffset: 10,
  columnOffset: 5,
});
console.log(
  s.runInThisContext(),
  s instanceof vm.Script,
  vm.Script.name,
  vm.Script.length,
  vm.isContext(box),
);
console.log(
  vm.compileFunction('return a + this.b + c', ['a'], { contextExtensions: [{ c: 3 }] }).call({ b: 2 }, 1),
);
console.log(
  vm.runInThisContext('typeof globalThis.process'),
  vm.runInNewContext('eval("1+1")'),
  vm.runInNewContext('new Function("return this === globalThis")()'),
);
try {
  vm.runInNewContext('for (;;);', {}, { timeout: 20 });
} catch (e) {
  console.log(e.code, e.message);
}
try {
  vm.runInContext('1', {});
} catch (e) {
  console.log(e.code, e.message);
}
