// The upstream specs name modules of a build that they patch the resolution for; here they are those of the published package.
const Module = require('node:module');
const path = require('node:path');

const dist = path.join(__dirname, 'node_modules/rxjs/dist/cjs');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  const [, inner] = /^(?:rxjs|(?:\.\.\/)+src)\/(.*)$/.exec(name) ?? [];
  const inside = name === 'rxjs' ? 'index' : inner?.replace(/^src\//, '');
  return resolve.call(this, inside === undefined ? name : path.join(dist, inside), ...rest);
};
