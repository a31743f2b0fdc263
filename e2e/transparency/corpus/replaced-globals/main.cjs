for (const name of ['Map', 'Set', 'WeakMap', 'Promise', 'Proxy', 'Symbol']) {
  globalThis[name] = function replaced() {};
}
console.log(require('./other.cjs').twice(2), new Set() instanceof Map);
