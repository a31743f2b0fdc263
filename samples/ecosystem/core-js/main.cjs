// All of core-js, which replaces what the engine lacks (and, told so, what it has), then programs that use it.
require('core-js/configurator')({ usePolyfill: ['Promise', 'Array.prototype.at', 'Object.groupBy', 'structuredClone', 'URL', 'Symbol.asyncDispose', 'Iterator', 'Map', 'Set', 'WeakMap', 'queueMicrotask'] });
require('core-js');

const { program } = require('./program.cjs');

console.log(Promise.toString(), typeof Iterator, Map.toString(), Symbol.asyncDispose?.toString());
program().then((lines) => console.log(lines.join('\n')));
