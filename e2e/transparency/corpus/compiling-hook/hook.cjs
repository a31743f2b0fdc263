const fs = require('node:fs');
const before = require.extensions['.js'];
const MAP = Buffer.from(JSON.stringify({ version: 3, sources: ['mapped.js'], names: [], mappings: ';AAAA;AACA;AACA' })).toString('base64');
require.extensions['.js'] = (module, file) => {
  const compile = module._compile;
  module._compile = function compiled(text, name) {
    module._compile = compile;
    const made = `/* made */ const twice = (x) => { return x * 2; };\n${text.replaceAll('@@', 'twice(1);')}`;
    module._compile(file.endsWith('mapped.js') ? `${made}\n//# sourceMappingURL=data:application/json;base64,${MAP}` : made, name);
  };
  before(module, file);
};
