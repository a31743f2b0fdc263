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

// As source-map-support does it: places lead to the original, and perhaps last words are its own.
if (process.argv.includes('formatter'))
  Error.prepareStackTrace = (error, sites) =>
    error + sites.map((site) => `\n    at ${site.getFunctionName()} (${site.getFileName()}:${site.getLineNumber() + 100}:${site.getColumnNumber() + 7})`).join('');
if (process.argv.includes('emit')) {
  const { emit } = process;
  process.emit = function (type, error) {
    const done = emit.apply(this, arguments);
    if (type !== 'uncaughtException' || done) return done;
    console.error('last words:', error.stack);
    process.exit(3);
  };
}
