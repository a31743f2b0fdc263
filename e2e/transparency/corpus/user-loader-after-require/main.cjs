const Module = require('node:module');
console.log(JSON.stringify(Object.getOwnPropertyDescriptor(Module, 'runMain')), Module.runMain.name, new Error('x').stack.split('\n').length);
import('./lib.mjs').then(({ lib, length }) => console.log(lib(1), length));
