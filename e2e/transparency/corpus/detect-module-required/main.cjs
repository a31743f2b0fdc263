const lib = require('./lib.js');
console.log(lib.f(3), lib);
