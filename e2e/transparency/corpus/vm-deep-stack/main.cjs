const vm = require('node:vm');
const stackOf = (run) => run().replaceAll(__dirname, '');
const options = { filename: 'script.js' };
const text = '(() => new Error("deep").stack)()';
const script = new vm.Script(text, options);
function deep(n, run) {
  return n === 0 ? stackOf(run) : deep(n - 1, run);
}
console.log(deep(9, () => script.runInThisContext()));
console.log(deep(9, () => vm.runInThisContext(text, options)));
console.log(deep(9, () => script.runInContext(vm.createContext({}))));
console.log(deep(9, () => vm.compileFunction('return new Error("deep").stack')()));
console.log(deep(9, () => vm.runInNewContext('x()', { x: () => new Error('deep').stack }, options)));
