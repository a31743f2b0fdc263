import util from 'node:util';
class A extends Map {
  get x() {
    return 1;
  }
}
async function later() {
  await null;
  throw Object.assign(new Error('e', { cause: 'c' }), { extra: [1] });
}
const p = later();
p.catch(() => {});
console.log(
  util.inspect([A, later, new A(), p, function* () {}, new Proxy(A, {}), Symbol('s')], { depth: 3 }),
);
await p.catch((e) => console.log(util.inspect(e).replaceAll(import.meta.dirname, '.')));
(function traced() {
  console.trace('here');
})();
console.table([{ a: 1, f() {} }]);
console.assert(false, 'no %s', 'way');
