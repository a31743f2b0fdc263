const Module = require('node:module');
const short = (file) => file.replace(__dirname, '.');
require('./lib.cjs');
console.log(
  Object.keys(require.cache).map(short),
  module.children.map((m) => short(m.filename)),
  require.main === module,
  module.parent,
  process.mainModule === module,
);
console.log(
  Object.keys(Module).join(),
  Object.keys(Module.prototype).join(),
  Object.keys(require).join(),
  Object.keys(require.extensions).join(),
);
console.log(
  Module.prototype._compile.name,
  Module.prototype._compile.length,
  Module.prototype._compile === module._compile,
  Object.hasOwn(module, '_compile'),
);
console.log(Module._load.toString().length > 100, Module.prototype._compile.toString().slice(0, 40));
