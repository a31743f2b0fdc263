// How Node starts a CommonJS program: synchronously, ticks before promises, as the module without a parent.
const order = [];
function note(what) {
  order.push(what);
}
Promise.resolve().then(() => note('promise'));
process.nextTick(() => note('tick'));
console.log(module.id, module.parent, require.main === module, process.mainModule === module, module.children.length);
console.log(Object.keys(require.cache).length, 'in the cache', Object.keys(require('./part.js').cache).length);
console.log(new Error('trace').stack.split('\n').slice(1, 4).join('\n'));
process.on('exit', () => console.log(order));
