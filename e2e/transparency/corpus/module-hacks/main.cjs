const Module = require('node:module');
const fs = require('node:fs');
require.extensions['.up'] = (module, file) =>
  module._compile(
    fs.readFileSync(file, 'utf8').toUpperCase().replace('MODULE.EXPORTS', 'module.exports'),
    file,
  );
console.log(require('./shout.up'));
const js = Module._extensions['.js'];
Module._extensions['.js'] = function (module, file) {
  const compile = module._compile;
  module._compile = function (code, name) {
    module._compile = compile;
    return module._compile(code.replace('BEFORE', 'AFTER') + '\nmodule.exports.added = true;', name);
  };
  js(module, file);
};
console.log(require('./lib.js').f(), require('./lib.js').added);
Module._extensions['.js'] = js;
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === 'mocked' ? { mocked: true } : load.call(this, request, ...rest);
};
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request === 'alias' ? require.resolve('./other.js') : resolve.call(this, request, ...rest);
};
console.log(require('mocked'), require('alias')());
const compile = Module.prototype._compile;
const seen = [];
Module.prototype._compile = function (code, file, ...rest) {
  seen.push(code.length);
  return compile.call(this, code, file, ...rest);
};
console.log(require('./third.js')(), seen, Module.prototype._compile === compile);
Module.prototype._compile = compile;
console.log(Module.prototype._compile === compile);
const r = Module.prototype.require;
Module.prototype.require = function (id) {
  console.log('require', id);
  return r.apply(this, arguments);
};
require('./fourth.js');
const m = new Module('/virtual/made.js');
m.paths = [];
m._compile('exports.x = 1; exports.name = __filename', '/virtual/made.js');
console.log(m.exports);
